package frameworks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.espalier.nn.table.Predictor;

/** AWS Lambda, runtime java25: the model is a resource, read once while the function starts. */
public class PredictLambda implements RequestHandler<Map<String, Object>, String> {
    private static final Predictor PREDICTOR = load();

    private static Predictor load() {
        try (var model = PredictLambda.class.getResourceAsStream("/model.safetensors")) {
            return Predictor.load(model);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String handleRequest(Map<String, Object> row, Context context) {
        return PREDICTOR.predict(row).toJson().compact();
    }
}
