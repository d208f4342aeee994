package org.espalier.examples.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.espalier.nn.Impute;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.table.Schema;
import org.espalier.nn.table.Target;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTest {
    private static final String ROW = "{\"age\": 42, \"job\": \"cook\"}";
    private static final String YES = "\"left\":\"yes\"";

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Service service;

    /** Logit ½·age − 20, whatever the job. */
    @BeforeEach
    void start() throws IOException {
        var model = Sequential.of(Impute.of(Tensor.vector(0, 0)),
                Linear.of(Tensor.of(Shape.of(1, 2), 0.5f, 0), Tensor.vector(-20)));
        var schema = new Schema(
                List.of(new Schema.Column("age", List.of(), false),
                        new Schema.Column("job", List.of("clerk", "cook"), true)),
                new Target.Binary("left", "no", "yes", 0.5f));
        var path = folder.resolve("model.safetensors");
        schema.file(model).write(path);
        service = Service.start(path, path, ServiceOptions.onPort(0).largestBody(100_000));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(service.address() + path))
                .header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(service.address() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void answers(int status, String part, String type, String body) throws IOException, InterruptedException {
        var answer = post("predict", type, body);
        assertEquals(status, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains(part), answer.body());
    }

    @Test
    void answersRowsInEveryForm() throws IOException, InterruptedException {
        answers(200, YES, "application/json", ROW);
        answers(200, YES, "application/json", "[42, 1]");
        answers(200, YES, "application/json", "[42, null]");
        answers(200, "[{" + YES, "application/json", "[" + ROW + ", {\"age\": 30, \"job\": null}]");
        answers(200, "[{" + YES, "text/csv", "job,id,age\ncook,7,42\n?,8,30\n");
        answers(200, "[]", "application/json", "[]");
    }

    @Test
    void namesWhatIsWrongInARow() throws IOException, InterruptedException {
        answers(400, "\\\"job\\\"", "application/json", "{\"age\": 1, \"job\": \"king\"}");
        answers(400, "no column \\\"aeg\\\"", "application/json", "{\"aeg\": 1}");
        answers(400, "row 1", "application/json", "[" + ROW + ", {\"age\": \"old\"}]");
        answers(400, "a row has 2 numbers, not 3", "application/json", "[1, 2, 3]");
        answers(400, "error", "application/json", "{\"age\": ");
        answers(400, "error", "application/json", "");
        answers(400, "error", "application/json", "3");
        answers(400, "job", "text/csv", "age\n1\n");
    }

    @Test
    void refusesWhatItHasNotGot() throws IOException, InterruptedException {
        assertEquals(404, get("nothing").statusCode());
        assertEquals(405, get("predict").statusCode());
        assertEquals(405, post("health", "text/plain", "").statusCode());
        answers(413, "larger than 100000", "application/json", "1".repeat(200_000));
        answers(200, YES, "application/json", ROW);
    }

    @Test
    void tellsOfTheModelAndOfItself() throws IOException, InterruptedException {
        assertEquals("ok\n", get("health").body());
        var model = get("model").body();
        assertTrue(model.contains("\"inputs\": 2") && model.contains("\"clerk\"") && model.contains("\"beside\""),
                model);
        answers(200, YES, "application/json", ROW);
        var metrics = get("metrics").body();
        assertTrue(metrics.contains("espalier_requests_total{path=\"/predict\",status=\"200\"} 1\n"), metrics);
        assertTrue(metrics.contains("espalier_rows_total 1\n"), metrics);
        assertTrue(metrics.contains("espalier_predict_seconds_count 1\n"), metrics);
        assertTrue(get("").body().contains("<canvas") || get("").body().contains("canvas"));
    }

    @Test
    void explainsARow() throws IOException, InterruptedException {
        var answer = post("explain", "application/json", ROW);
        assertEquals(200, answer.statusCode(), answer.body());
        // the output is ½·age − 20: the age of 42 adds 21, the job nothing
        assertTrue(answer.body().contains("\"attention\":[21.0,0.0]"), answer.body());
        assertTrue(answer.body().contains("\"beside\""), answer.body());
    }

    @Test
    void manyAtOnceAreAllAnsweredRightly() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<String>>();
            for (int i = 0; i < 300; i++) {
                var age = i % 80;
                calls.add(() -> {
                    var answer = post("predict", "application/json", "[" + age + ", 0]");
                    boolean busy = answer.statusCode() == 503;
                    boolean right = answer.body().contains(age >= 40 ? YES : "\"left\":\"no\"");
                    return busy || right ? "" : answer.body();
                });
            }
            for (var result : threads.invokeAll(calls)) {
                assertEquals("", result.get());
            }
        }
    }

    @Test
    void aTakenPortAndAModelOfOtherColumnsAreNamed() throws IOException {
        int port = URI.create(service.address()).getPort();
        var file = folder.resolve("other.safetensors");
        ModelFile.of(Sequential.of(Linear.of(2, 1))).write(file);

        var taken = assertThrows(IOException.class, () -> Service.start(file, null, ServiceOptions.onPort(port)));
        assertTrue(taken.getMessage().contains(":" + port) && taken.getMessage().contains("another port"),
                taken.getMessage());
        var wider = folder.resolve("wider.safetensors");
        ModelFile.of(Sequential.of(Linear.of(3, 1))).write(wider);
        var columns = assertThrows(IllegalArgumentException.class,
                () -> Service.start(file, wider, ServiceOptions.onPort(0)));
        var said = columns.getMessage();
        assertTrue(said.contains("reads 2 and") && said.endsWith(" 3"), said);
    }

    @Test
    void aConnectionThatSendsNothingHoldsUpNobody() throws IOException, InterruptedException {
        var uri = URI.create(service.address());
        var idle = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 50; i++) {
                var socket = new Socket(uri.getHost(), uri.getPort());
                socket.getOutputStream().write(
                        "POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{"
                                .getBytes(StandardCharsets.US_ASCII));
                idle.add(socket);
            }
            answers(200, YES, "application/json", ROW);
        } finally {
            for (var socket : idle) {
                socket.close();
            }
        }
    }
}
