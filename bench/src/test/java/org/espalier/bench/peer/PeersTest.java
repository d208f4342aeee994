package org.espalier.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.espalier.bench.task.Dense;
import org.espalier.bench.task.Elementwise;
import org.espalier.bench.task.Inference;
import org.espalier.bench.task.Mlp;
import org.espalier.bench.task.Probe;
import org.espalier.bench.task.Product;
import org.espalier.bench.task.Softmax;
import org.espalier.bench.task.Sum;
import org.espalier.bench.task.Task;
import org.espalier.bench.task.Training;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The checks that every peer passes before it is timed, on small tasks; and that they would notice a mistake. */
class PeersTest {

    private static final Set<String> NATIVE = Set.of("openblas", "mkl", "libtorch", "onnxruntime");
    private static final Mlp NET = Mlp.of(5, 7, 3);

    private static final List<Task> TASKS = List.of(
            new Product(5, 7, 9, 1),
            new Product(33, 40, 70, 2),
            new Dense(1, 6, 11),
            new Dense(4, 17, 35),
            new Elementwise(Elementwise.Function.EXP, 100),
            new Elementwise(Elementwise.Function.TANH, 100),
            new Softmax(3, 10),
            new Sum(1000),
            new Inference(NET, 3, 1),
            new Inference(NET, 3, 2),
            new Training(NET, 4, 1),
            new Training(NET, 4, 2));

    private static Stream<Peer> javaPeers() {
        return Peers.present().stream().filter(peer -> !NATIVE.contains(peer.name()));
    }

    @TestFactory
    Stream<DynamicTest> everyAnswerPassesItsCheck() {
        return javaPeers().flatMap(peer -> TASKS.stream()
                .filter(task -> peer.offer(task).isPresent())
                .map(task -> DynamicTest.dynamicTest(peer.name() + ": " + task.name(), () -> {
                    var work = peer.offer(task).orElseThrow().get();
                    task.verify(work.result());
                    assertNotNull(work.run());
                })));
    }

    @TestFactory
    Stream<DynamicTest> aWrongAnswerFailsItsCheck() {
        return TASKS.stream().map(task -> DynamicTest.dynamicTest(task.name(), () -> {
            var result = Peers.offer(Peers.SUBJECT, task).get().result().clone();
            int last = result.length - 1;
            float right = result[last];
            result[last] = right * 1.01f + 0.01f;
            assertThrows(IllegalStateException.class, () -> task.verify(result));
            result[last] = Float.NaN;
            assertThrows(IllegalStateException.class, () -> task.verify(result));
        }));
    }

    @Test
    void oursDoesEveryTask() {
        for (var task : TASKS) {
            assertTrue(new Espalier().offer(task).isPresent(), task::name);
        }
    }

    @Test
    void aPeerThatCannotDoATaskIsRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> Peers.offer("ejml", new Inference(NET, 1, 1)));
        assertTrue(e.getMessage().contains("infer 5-7-3 b1"), e.getMessage());
    }

    @Test
    void peersHaveDifferentNamesAndDescribeThemselves() {
        assertEquals(javaPeers().count(), javaPeers().map(Peer::name).distinct().count());
        javaPeers().forEach(peer -> assertTrue(peer.describe().length() > 3, peer::name));
    }

    @Test
    void theScalarProbesGiveWhatTheirTaskExpects() {
        new Probe(Probe.Kind.CLOCK, 1).verify(new float[] {Probe.clockChain(1)});
        assertThrows(IllegalStateException.class,
                () -> new Probe(Probe.Kind.CLOCK, 1).verify(new float[] {Probe.clockChain(2)}));
        new Probe(Probe.Kind.FMA_PEAK, 1).verify(new float[] {2});
    }
}
