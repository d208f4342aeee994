package org.espalier.examples.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.espalier.io.Json;

/**
 * One model over HTTP, and a second one beside it for comparison if wanted.
 *
 * <ul>
 *   <li>{@code POST /predict}: a JSON row, an array of rows, or CSV with a header; answers with named results
 *   <li>{@code POST /explain}: a JSON row; the answers of both models, their times, and what each input adds
 *   <li>{@code GET /model}: schema and sizes; {@code GET /health}; {@code GET /metrics} for Prometheus
 *   <li>{@code GET /}: a page to try the model
 * </ul>
 *
 * <p>Every request has a virtual thread. What is too much is refused at once: a body beyond the limit with 413, bodies
 * beyond the memory for all of them and predictions beyond the number computed at once with 503; connections that send
 * too slowly are closed.
 */
public final class Service implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    static {
        // Read once, when the server's classes are loaded. Small answers are sent at once; slow senders are cut off;
        // a connection that is kept open is not closed under its client because there are 200 others.
        for (var setting : List.of("sun.net.httpserver.nodelay=true", "sun.net.httpserver.maxReqTime=15",
                "sun.net.httpserver.maxRspTime=30", "sun.net.httpserver.idleInterval=30",
                "sun.net.httpserver.maxIdleConnections=4096",
                "jdk.httpserver.maxConnections=4096")) {
            var parts = setting.split("=");
            if (System.getProperty(parts[0]) == null) {
                System.setProperty(parts[0], parts[1]);
            }
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ServedModel model;
    private final Optional<ServedModel> beside;
    private final ServiceOptions options;
    private final Bodies bodies;
    private final Semaphore places;
    private final Metrics metrics = new Metrics();

    private Service(ServedModel model, Optional<ServedModel> beside, ServiceOptions options) throws IOException {
        this.model = model;
        this.beside = beside;
        this.options = options;
        this.bodies = new Bodies(options.largestBody(), options.bodiesTogether());
        this.places = new Semaphore(options.inFlight());
        this.server = listen(options);
        server.setExecutor(threads);
        on("/predict", "POST", this::predict);
        on("/explain", "POST", this::explain);
        on("/model", "GET", exchange -> new Answer(JSON, describe().pretty()));
        on("/health", "GET", exchange -> new Answer(TEXT, "ok\n"));
        on("/metrics", "GET", exchange -> new Answer("text/plain; version=0.0.4", metrics.text()));
        on("/", "GET", this::page);
        server.start();
    }

    private static HttpServer listen(ServiceOptions options) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(options.host(), options.port()), 1024);
        } catch (BindException e) {
            throw new IOException("cannot listen at " + options.host() + ":" + options.port() + ": " + e.getMessage()
                    + "; choose another port, 0 for any that is free", e);
        }
    }

    /**
     * Serves a model file.
     *
     * @param beside a model of the same inputs to compare with on the page, such as the dense one; may be null
     * @throws IOException if a file cannot be read or the port is taken
     * @throws IllegalArgumentException if the second model has other columns
     */
    public static Service start(Path model, Path beside, ServiceOptions options) throws IOException {
        var served = ServedModel.read(model);
        var second = beside == null ? Optional.<ServedModel>empty() : Optional.of(ServedModel.read(beside));
        var columns = served.predictor().schema().names();
        var others = second.map(one -> one.predictor().schema().names()).orElse(columns);
        if (!others.equals(columns)) {
            throw new IllegalArgumentException("both models must read the same columns, but " + model + " reads "
                    + columns.size() + " and " + beside + " " + others.size()
                    + (others.size() == columns.size() ? " with other names" : ""));
        }
        return new Service(served, second, options);
    }

    /** Where it listens. */
    public String address() {
        return "http://" + options.host() + ":" + server.getAddress().getPort() + "/";
    }

    /** Stops taking requests and waits for those under way, as long as the options allow. */
    @Override
    public void close() {
        server.stop((int) options.grace().toSeconds());
        threads.close();
    }

    private record Answer(String type, String body) {}

    private interface Action {
        Answer answer(HttpExchange exchange) throws IOException, HttpProblem;
    }

    private void on(String path, String method, Action action) {
        server.createContext(path, exchange -> {
            long start = System.nanoTime();
            int status = 500;
            try (exchange) {
                Answer answer;
                try {
                    if (!exchange.getRequestURI().getPath().equals(path)) {
                        throw new HttpProblem(404, "there is no " + exchange.getRequestURI().getPath()
                                + "; there are /predict, /explain, /model, /health, /metrics and /");
                    }
                    if (!exchange.getRequestMethod().equals(method)) {
                        exchange.getResponseHeaders().set("Allow", method);
                        throw new HttpProblem(405, path + " takes " + method);
                    }
                    answer = action.answer(exchange);
                    status = 200;
                } catch (HttpProblem e) {
                    status = e.status();
                    answer = problem(e.getMessage());
                } catch (RuntimeException e) {
                    System.getLogger(Service.class.getName()).log(System.Logger.Level.ERROR, path, e);
                    answer = problem("internal error");
                }
                send(exchange, status, answer);
            } finally {
                metrics.answered(path, status, System.nanoTime() - start);
            }
        });
    }

    private static Answer problem(String message) {
        return new Answer(JSON, Json.object().with("error", message).compact());
    }

    private static void send(HttpExchange exchange, int status, Answer answer) throws IOException {
        byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type);
        if (status == 503) {
            exchange.getResponseHeaders().set("Retry-After", "1");
        }
        if (status == 413 || status == 503) {
            // the rest of the body is not worth reading
            exchange.getResponseHeaders().set("Connection", "close");
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private Answer predict(HttpExchange exchange) throws IOException, HttpProblem {
        var type = exchange.getRequestHeaders().getFirst("Content-Type");
        return bodies.with(exchange.getRequestBody(), body -> predict(type == null ? JSON : type, body));
    }

    private Answer predict(String type, byte[] body) throws HttpProblem {
        if (!places.tryAcquire()) {
            throw new HttpProblem(503, options.inFlight() + " predictions are being computed; try again");
        }
        try {
            var request = PredictRequest.read(model.predictor(), type, body);
            var answers = model.predictor().predictAll(request.rows());
            metrics.predicted(answers.size());
            return new Answer(JSON, request.answer(answers).compact());
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, e.getMessage());
        } finally {
            places.release();
        }
    }

    private Answer explain(HttpExchange exchange) throws IOException, HttpProblem {
        return bodies.with(exchange.getRequestBody(), this::explain);
    }

    private Answer explain(byte[] body) throws HttpProblem {
        var request = PredictRequest.read(model.predictor(), JSON, body);
        if (request.rows().dim(0) != 1) {
            throw new HttpProblem(400, "one row is explained at a time, not " + request.rows().dim(0));
        }
        float[] row = request.rows().toArray();
        var answers = Json.object().with("model", explained(model, row));
        return new Answer(JSON, (beside.isPresent()
                ? answers.with("beside", explained(beside.get(), row))
                : answers).compact());
    }

    private static Json.Obj explained(ServedModel model, float[] row) throws HttpProblem {
        try {
            // the fastest of a few calls: the first ones of a young program are not what a service sees
            long best = Long.MAX_VALUE;
            var answer = model.predictor().predict(row);
            for (int i = 0; i < 20; i++) {
                long start = System.nanoTime();
                model.predictor().model().predict(row);
                best = Math.min(best, System.nanoTime() - start);
            }
            var attention = new java.util.ArrayList<Json>();
            for (float part : model.attention(row)) {
                attention.add(new Json.Real(Float.isFinite(part) ? part : 0));
            }
            return answer.toJson()
                    .with("answer", answer.answer())
                    .with("microseconds", best / 1e3)
                    .with("attention", Json.array(attention));
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, e.getMessage());
        }
    }

    private Json.Obj describe() {
        return beside.isPresent()
                ? model.toJson().with("beside", beside.get().toJson())
                : model.toJson();
    }

    private Answer page(HttpExchange exchange) throws IOException {
        try (var page = Service.class.getResourceAsStream("page.html")) {
            return new Answer("text/html; charset=utf-8", new String(page.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
