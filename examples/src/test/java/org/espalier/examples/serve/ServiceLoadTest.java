package org.espalier.examples.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.model.ModelFile;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service under clients that are many, slow, large or broken: no wrong answer, no leak, no stuck thread. */
class ServiceLoadTest {
    private static final int LARGEST = 100_000;
    private static final int WAIT = 60_000;
    private static final int CONNECTIONS = 1_000;

    @TempDir
    private Path folder;

    private Service service;
    private URI address;

    /** The answer to x is 2·x. */
    @BeforeEach
    void start() throws IOException {
        var path = folder.resolve("double.safetensors");
        ModelFile.of(Sequential.of(Linear.of(Tensor.of(Shape.of(1, 1), 2), Tensor.vector(0)))).write(path);
        service = Service.start(path, null, ServiceOptions.onPort(0).largestBody(LARGEST));
        address = URI.create(service.address());
    }

    /** Whatever a test did, the service stops, which it does only when no request is under way. */
    @AfterEach
    void stop() {
        assertTimeoutPreemptively(Duration.ofSeconds(40), service::close);
    }

    private Socket connect() throws IOException {
        var socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(WAIT);
        return socket;
    }

    private static byte[] request(String body) {
        return ("POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8);
    }

    private record Reply(int status, String body) {}

    /** Reads one reply; one that never comes is status 0. */
    private static Reply reply(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                return new Reply(0, "");
            }
            head.append((char) c);
        }
        int length = 0;
        for (var line : head.toString().split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Reply(Integer.parseInt(head.substring(9, 12)), body);
    }

    private Reply send(byte[] request) throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream().write(request);
            return reply(new BufferedInputStream(socket.getInputStream()));
        }
    }

    private void stillRight() throws IOException {
        assertEquals(new Reply(200, "{\"value\":42.0}"), send(request("[21]")));
    }

    private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (var result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        }
    }

    /** All are open before any sends; each sends three times over its connection. */
    @Test
    void aThousandConnectionsAreAnsweredRightly() throws Exception {
        var open = new CyclicBarrier(CONNECTIONS);
        var calls = new ArrayList<Callable<String>>();
        for (int client = 0; client < CONNECTIONS; client++) {
            int number = client;
            calls.add(() -> {
                try (var socket = connect()) {
                    var in = new BufferedInputStream(socket.getInputStream());
                    open.await();
                    int right = 0;
                    for (int i = 0; i < 3; i++) {
                        socket.getOutputStream().write(request("[" + (number + i) + "]"));
                        var reply = reply(in);
                        boolean busy = reply.status == 503;
                        if (!busy && !reply.equals(new Reply(200, "{\"value\":" + 2.0 * (number + i) + "}"))) {
                            return number + ": " + reply;
                        }
                        right += busy ? 0 : 1;
                    }
                    return right > 0 ? "" : number + ": always busy";
                }
            });
        }
        assertEquals(List.of(), together(calls).stream().filter(problem -> !problem.isEmpty()).limit(5).toList());
        stillRight();
    }

    /** Clients that send a byte now and then keep nobody waiting, and are cut off. */
    @Test
    void slowClientsAreCutOff() throws Exception {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 200; i++) {
                var socket = connect();
                socket.getOutputStream().write(Arrays.copyOf(request("[1" + " ".repeat(1000) + "]"), 100));
                slow.add(socket);
            }
            stillRight();
            for (var socket : slow) {
                assertTrue(socket.getInputStream().read() < 0, "a slow client was answered");
            }
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
        stillRight();
    }

    @Test
    void hugeBodiesAreRefusedAndNotKept() throws Exception {
        long before = used();
        var huge = request("[" + "1,".repeat(5_000_000) + "1]");
        var calls = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 30; i++) {
            calls.add(() -> {
                try {
                    return send(huge).status;
                } catch (IOException e) {
                    // The server has closed the connection before all was sent.
                    return 0;
                }
            });
        }
        for (int status : together(calls)) {
            assertTrue(status == 413 || status == 503 || status == 0, "status " + status);
        }
        stillRight();
        // A length that is a lie, and one that is no number.
        assertTrue(send("POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n[1]".getBytes(
                StandardCharsets.US_ASCII)).status != 200);
        assertTrue(send("POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n[1]".getBytes(
                StandardCharsets.US_ASCII)).status != 200);
        stillRight();
        long grown = used() - before;
        assertTrue(grown < 50_000_000, grown + " bytes more than before");
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** A correct body with bytes changed, left out and repeated: refused in words, or answered if it is still JSON. */
    @Test
    void brokenBodiesAreRefusedInWords() throws Exception {
        var random = new SplittableRandom(7);
        var valid = "[{\"x0\": 1}, {\"x0\": -2.5e1}, [3]]";
        for (int i = 0; i < 500; i++) {
            var text = new StringBuilder(valid);
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) (1 + random.nextInt(126)));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.insert(at, valid.charAt(random.nextInt(valid.length())));
                }
            }
            var reply = send(request(text.toString()));
            assertTrue(reply.status == 200 || reply.status == 400 && reply.body.startsWith("{\"error\":\""),
                    text + " → " + reply);
        }
        assertEquals(400, send(request("[".repeat(50_000))).status);
        assertEquals(400, send(request("\u0000")).status);
        stillRight();
    }

    /** What all bodies may take together is limited: beyond it requests are refused, and the memory comes back. */
    @Test
    void bodiesThatWaitDoNotFillTheMemory() throws Exception {
        service.close();
        var path = folder.resolve("double.safetensors");
        service = Service.start(path, null, ServiceOptions.onPort(0).largestBody(LARGEST).bodiesTogether(200_000));
        address = URI.create(service.address());
        var waiting = new ArrayList<Socket>();
        var half = Arrays.copyOf(request("[1" + " ".repeat(90_000) + "]"), 80_000);
        try {
            for (int i = 0; i < 5; i++) {
                var socket = connect();
                socket.getOutputStream().write(half);
                waiting.add(socket);
            }
            Reply refused = new Reply(200, "");
            for (int i = 0; i < 200 && refused.status == 200; i++) {
                Thread.sleep(20);
                refused = send(request("[1" + " ".repeat(90_000) + "]"));
            }
            assertEquals(503, refused.status, refused.body);
        } finally {
            for (var socket : waiting) {
                socket.close();
            }
        }
        Reply after = new Reply(503, "");
        for (int i = 0; i < 500 && after.status == 503; i++) {
            Thread.sleep(20);
            after = send(request("[21" + " ".repeat(90_000) + "]"));
        }
        assertEquals(new Reply(200, "{\"value\":42.0}"), after);
    }
}
