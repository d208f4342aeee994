package org.espalier.bench.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.espalier.bench.task.AutogradGraph;
import org.espalier.bench.task.Dense;
import org.espalier.bench.task.Elementwise;
import org.espalier.bench.task.Inference;
import org.espalier.bench.task.MatrixProduct;
import org.espalier.bench.task.Mlp;
import org.espalier.bench.task.Probe;
import org.espalier.bench.task.RowSoftmax;
import org.espalier.bench.task.Sparse;
import org.espalier.bench.task.Training;
import org.espalier.bench.task.VectorSum;
import org.espalier.bench.task.Workload;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks that every peer passes before it is timed, on small tasks; and that they would notice a mistake. */
class PeersTest {

    private static final Set<String> NATIVE = Set.of("openblas", "mkl", "libtorch", "onnxruntime");
    private static final Mlp NET = Mlp.of(5, 7, 3);

    private static final Mlp PRUNED = NET.pruned(60, 50);

    private static final List<Workload> TASKS = List.of(
            new MatrixProduct(5, 7, 9, 1),
            new MatrixProduct(33, 40, 70, 2),
            new Dense(1, 6, 11),
            new Dense(4, 17, 35),
            new Elementwise(Elementwise.Function.EXP, 100),
            new Elementwise(Elementwise.Function.TANH, 100),
            new RowSoftmax(3, 10),
            new VectorSum(1000),
            new Sparse(6, 32, 3, 0, Sparse.Pattern.ANY),
            new Sparse(12, 64, 3, 80, Sparse.Pattern.ANY),
            new Sparse(10, 64, 5, 75, Sparse.Pattern.BLOCK_4X1),
            new Sparse(8, 64, 1, 0, Sparse.Pattern.TWO_OF_32),
            new AutogradGraph(6),
            new Inference(NET, 3, 1),
            new Inference(NET, 3, 2),
            new Inference(PRUNED, 3, 1),
            new Training(NET, 4, 1, 100),
            new Training(PRUNED, 4, 1, 100),
            new Training(NET, 4, 2, 100));

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
            var result = anyone(task).get().result().clone();
            int last = result.length - 1;
            float right = result[last];
            result[last] = right * 1.01f + 0.01f;
            assertThrows(IllegalStateException.class, () -> task.verify(result));
            result[last] = Float.NaN;
            assertThrows(IllegalStateException.class, () -> task.verify(result));
        }));
    }

    private static Supplier<Work> anyone(Workload task) {
        return javaPeers().flatMap(peer -> peer.offer(task).stream()).findFirst().orElseThrow();
    }

    @Test
    void patternsKeepAsManyWeightsAsTheySay() {
        var two = new Sparse(4, 64, 1, 0, Sparse.Pattern.TWO_OF_32);
        assertEquals(4 * 64 * 2 / 32, Csr.of(4, 64, two.w()).values().length);
        assertEquals(2.0 * 16, two.cost().flops());

        var any = new Sparse(100, 100, 1, 90, Sparse.Pattern.ANY);
        assertEquals(1000, Csr.of(100, 100, any.w()).values().length, 100);

        var blocks = new Sparse(8, 50, 1, 50, Sparse.Pattern.BLOCK_4X1).w();
        for (int column = 0; column < 50; column++) {
            for (int row = 0; row < 8; row++) {
                assertEquals(blocks[row / 4 * 4 * 50 + column] == 0, blocks[row * 50 + column] == 0);
            }
        }
    }

    @Test
    void prunedLayersKeepTheirLargestWeights() {
        var all = NET.weight(0);
        var kept = PRUNED.weight(0);
        float least = Float.POSITIVE_INFINITY;
        float most = 0;
        int zeros = 0;
        for (int i = 0; i < all.length; i++) {
            if (kept[i] == 0) {
                zeros++;
                most = Math.max(most, Math.abs(all[i]));
            } else {
                least = Math.min(least, Math.abs(kept[i]));
            }
        }
        assertEquals(21, zeros);
        assertTrue(most < least, most + " and " + least);
        assertEquals("5-7-3 zeros 60/50%", PRUNED.toString());
        assertEquals(14 + 10, PRUNED.weights());
    }

    @Test
    void compressedRowsHoldWhatIsNotZero() {
        var csr = Csr.of(2, 3, new float[] {0, 5, 0, 7, 0, 8});
        assertArrayEquals(new int[] {0, 1, 3}, csr.rowStarts());
        assertArrayEquals(new int[] {1, 0, 2}, csr.columns());
        assertArrayEquals(new float[] {5, 7, 8}, csr.values());
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

    /** As {@link VectorProbes#read} adds: eight vectors of 4, 8 or 16 lanes at a time, of one element at the least. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8 * 4, 8 * 8, 8 * 16})
    void readsAddUpToTheSameTotalForEveryVectorLength(int chains) {
        for (var kind : Probe.Kind.values()) {
            if (kind.bytes() > 0) {
                var probe = new Probe(kind, 1);
                var values = probe.values();
                float total = 0;
                for (int pass = 0; pass < probe.passes(); pass++) {
                    var sums = new float[chains];
                    for (int i = 0; i < values.length; i++) {
                        sums[i % chains] += values[i];
                    }
                    float sum = 0;
                    for (float one : sums) {
                        sum += one;
                    }
                    total += sum;
                }
                probe.verify(new float[] {total});
                float wrong = Math.nextUp(total);
                assertThrows(IllegalStateException.class, () -> probe.verify(new float[] {wrong}));
            }
        }
    }
}
