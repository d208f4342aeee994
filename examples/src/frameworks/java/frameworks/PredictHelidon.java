package frameworks;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.file.Path;
import org.espalier.io.FormatException;
import org.espalier.nn.table.Predictor;

/** Helidon SE: answers a line of CSV, the columns in the model's order. */
public record PredictHelidon(Predictor predictor) implements HttpService {
    @Override
    public void routing(HttpRules rules) {
        rules.post("/predict", this::predict);
    }

    private void predict(ServerRequest request, ServerResponse response) {
        try {
            response.send(predictor.predictLine(request.content().as(String.class)).toJson().compact());
        } catch (FormatException | IllegalArgumentException e) {
            response.status(400).send(e.getMessage());
        }
    }

    /** Serves a model file at port 8080. */
    public static void main(String... args) throws IOException {
        var service = new PredictHelidon(Predictor.load(Path.of(args[0])));
        WebServer.builder().port(8080).routing(routing -> routing.register(service)).build().start();
    }
}
