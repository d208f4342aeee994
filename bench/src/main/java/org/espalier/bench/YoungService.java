package org.espalier.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.step.Format;
import org.espalier.nn.step.LinearFormat;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Workspace;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;

/** The process that answers the requests of {@link WarmUpRun}: one row after another, from one client or several. */
final class YoungService {
    static final int INPUTS = 784;
    private static final int ROWS = 100;

    /** What is served. */
    enum Net {
        DENSE("784-300-100-10, dense"),
        PRUNED("784-300-100-10, nine of ten weights pruned");

        private final String title;

        Net(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private YoungService() {}

    /** Writes the milliseconds at each mark; the arguments are a file, the net and the number of clients. */
    public static void main(String... args) throws IOException, InterruptedException {
        var model = model(Net.valueOf(args[1]));
        float[] x = Storage.array(Rng.of(2).normal(Shape.of(ROWS, INPUTS), 1));
        int last = WarmUpRun.MARKS.getLast();
        var answered = new AtomicInteger();
        var ends = new AtomicLongArray(last);
        long start = System.nanoTime();
        var clients = new Thread[Integer.parseInt(args[2])];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = new Thread(() -> {
                var workspace = new Workspace();
                var y = new float[model.out()];
                var row = new float[INPUTS];
                for (int done = answered.get(); done < last;) {
                    System.arraycopy(x, done % ROWS * INPUTS, row, 0, INPUTS);
                    model.predict(row, 1, y, workspace);
                    done = answered.getAndIncrement();
                    if (done < last) {
                        ends.set(done, System.nanoTime() - start);
                    }
                }
            });
            clients[i].start();
        }
        for (var client : clients) {
            client.join();
        }
        var lines = WarmUpRun.MARKS.stream().map(mark -> String.valueOf(ends.get(mark - 1) / 1e6)).toList();
        Files.write(Path.of(args[0]), lines);
        System.exit(0);
    }

    private static InferenceModel model(Net net) {
        var layers = List.of(Linear.of(INPUTS, 300), Linear.of(300, 100), Linear.of(100, 10));
        var model = Sequential.of(layers.get(0), Activation.relu(), layers.get(1), Activation.relu(), layers.get(2));
        model.initialize(Init.heNormal(), 1);
        if (net == Net.DENSE) {
            return InferenceModel.of(model);
        }
        return InferenceModel.of(model, YoungService::pruned);
    }

    private static Step pruned(LinearFormat.Weights weights) {
        float[] values = weights.weight().toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 7 % 10 == 0 ? values[i] : 0;
        }
        return Format.PERMUTE.step(new LinearFormat.Weights(weights.name(),
                Storage.adopt(weights.weight().shape(), values), weights.bias(), weights.activation()));
    }
}
