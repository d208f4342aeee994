import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Prints what an address answers; fails unless that is success. */
void main(String[] args) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(args[0])).build();
    var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    IO.println(answer.statusCode() + " " + answer.body());
    System.exit(answer.statusCode() == 200 ? 0 : 1);
}
