package org.espalier.examples.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.espalier.nn.Impute;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.table.Predictor;
import org.espalier.nn.table.Schema;
import org.espalier.nn.table.Target;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.espalier.trials.DamagedInputs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged bodies of requests: rows to predict, or a status and a sentence. */
@Tag("trials")
class RequestFuzzTest {
    private static final Predictor PREDICTOR = Predictor.of(
            Sequential.of(Impute.of(Tensor.vector(0, 0)),
                    Linear.of(Tensor.of(Shape.of(1, 2), 0.5f, 0), Tensor.vector(-20))),
            new Schema(List.of(new Schema.Column("age", List.of(), false),
                    new Schema.Column("job", List.of("clerk", "cook"), true)),
                    new Target.Binary("left", "no", "yes", 0.5f)));

    private static List<byte[]> bodies(String type) {
        var texts = type.equals("text/csv")
                ? List.of("job,id,age\ncook,7,42\n?,8,30\n", "\ufeffage,job\r\n\"4e1\",\"cook\"\r\n",
                        "age,job\n1,clerk\n")
                : List.of("{\"age\": 42, \"job\": \"cook\"}", "[42, 1]", "[42, null]", "[]",
                        "[{\"age\": 42.5e0, \"job\": null}, {\"age\": 30, \"job\": \"cl\\u0065rk\"}]",
                        "[[1, 1], [3, 0]]");
        return texts.stream().map(text -> text.getBytes(UTF_8)).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/csv"})
    @Timeout(value = 12, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDamagedBodyIsAnsweredOrRefused(String type) throws Exception {
        new DamagedInputs<>("body of " + type,
                body -> PredictRequest.read(PREDICTOR, type, body), HttpProblem.class,
                RequestFuzzTest::answer)
                .tryAll(bodies(type), List.of());
    }

    /** As the service answers it: a row may still hold what its column does not take. */
    private static void answer(PredictRequest request) {
        try {
            var answers = PREDICTOR.predictAll(request.rows());
            assertEquals(request.rows().dim(0), answers.size());
            request.answer(answers).compact();
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().contains("column \""), e.getMessage());
        }
    }
}
