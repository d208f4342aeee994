package consumer.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.espalier.nn.infer.InferenceModel;

/** Predicts with a model file, and once with a row of the wrong length, whose stack trace it prints. */
public final class Serve {
    private Serve() {}

    public static void main(String[] arguments) throws IOException {
        var model = InferenceModel.load(Path.of(arguments[0]));
        System.out.println("answer " + Arrays.toString(model.predict(1, -1, 0.5f, 0, 0.25f, -0.5f, 0, 1)));
        try {
            model.predict(1, -1);
        } catch (IllegalArgumentException e) {
            e.printStackTrace(System.out);
        }
    }
}
