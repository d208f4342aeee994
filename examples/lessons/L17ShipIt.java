// Lesson 17: ship it. A table becomes one small file that answers raw rows, in a service of a few lines.
import com.sun.net.httpserver.HttpServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.espalier.examples.MnistData;
import org.espalier.io.Csv;
import org.espalier.io.CsvOptions;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.table.Predictor;
import org.espalier.nn.table.Preprocessing;
import org.espalier.nn.table.Table;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.graph.Shrink;

void main() throws Exception {
    var csv = Csv.read("credit.csv", MnistData.class.getResourceAsStream("tables/credit.csv"),
            CsvOptions.standard().withDetectedCategories().withMissing());
    var parts = Table.of(csv, "outcome").split(0.8, 1);
    var train = parts.train();
    var model = Preprocessing.standard().network(train, 32, 16);   // scaling and words are layers of the model
    train.trainer(model).epochs(Integer.getInteger("epochs", 30)).fit(train.data());
    int dense = ModelFile.of(model).toBytes().length;
    Unstructured.globalNormalized(Criterion.magnitude()).sparsity(0.7).plan(model).apply();
    train.trainer(model).epochs(Integer.getInteger("epochs", 30) / 2).fit(train.data());
    IO.println("accuracy %.3f".formatted(Metric.accuracy().of(model, parts.validation().data())));

    var file = Files.createTempFile("credit", ".safetensors");
    train.schema().file(Shrink.of(model).model()).write(file);
    IO.println("dense %,d bytes, the file %,d bytes with columns, words, scaling and class names"
            .formatted(dense, Files.size(file)));

    var predictor = Predictor.load(file);                   // needs core and nn alone; shared by all threads
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", exchange -> {
        var line = new String(exchange.getRequestBody().readAllBytes());
        var answer = predictor.predictLine(line).toJson().compact().getBytes();
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    });
    server.start();
    var ask = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .POST(HttpRequest.BodyPublishers.ofString("23,48,9000,NA,unskilled,rent,car,3")).build();
    var answer = HttpClient.newHttpClient().send(ask, HttpResponse.BodyHandlers.ofString()).body();
    server.stop(0);
    Files.delete(file);
    IO.println("the service says " + answer);
    IO.println("See: " + (answer.contains("\"outcome\"") ? "one file holds all that is needed to answer raw rows."
            : "no answer."));
}
// Exercise: what does the service say to a line with a word that it does not know? (It should be an error, 400.)
// Solution: catch FormatException in the handler, send 400 and its message; espalier serve does that and more.
