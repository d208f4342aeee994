package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import org.espalier.io.FormatException;
import org.espalier.nn.Activation;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Linear;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.infer.Allocated;
import org.espalier.tensor.Rng;
import org.junit.jupiter.api.Test;

class GraphReaderTest {
    private static final int MUTATIONS = 4_000;

    private static byte[] sample() {
        var body = Sequential.of(Linear.of(2, 2), Activation.gelu(), LayerNorm.of(2));
        return OnnxFile.of(Sequential.of(FeatureSelect.of(3, 2, 0), Residual.of(body))).with("name", "n").toBytes();
    }

    @Test
    void everyTruncationIsRefusedOrLacksOnlyWhatMayBeAbsent() {
        var file = sample();
        int read = 0;
        for (int length = 0; length < file.length; length++) {
            read += reads(Arrays.copyOf(file, length)) ? 1 : 0;
        }
        // Whole fields may be missing at the end only after the opset: the metadata.
        assertTrue(read <= 1, read + " truncated files were read");
    }

    @Test
    void mutatedFilesGiveFormatExceptionsOrModels() {
        var file = sample();
        int refused = 0;
        for (int round = 0; round < MUTATIONS; round++) {
            refused += reads(mutated(file, Rng.of(5).split(round))) ? 0 : 1;
        }
        assertTrue(refused > MUTATIONS / 4, "only " + refused + " were refused");
    }

    /** Flips, copies, removes or repeats bytes. */
    private static byte[] mutated(byte[] file, Rng rng) {
        var bytes = file.clone();
        for (int change = rng.nextInt(3); change >= 0; change--) {
            int at = rng.nextInt(bytes.length);
            switch (rng.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << rng.nextInt(8));
                case 1 -> bytes[at] = (byte) rng.nextInt(256);
                case 2 -> bytes[at] = -1;
                case 3 -> System.arraycopy(bytes, at, bytes, Math.max(0, at - 1), bytes.length - at);
                default -> bytes[at] = bytes[rng.nextInt(bytes.length)];
            }
        }
        return bytes;
    }

    private static boolean reads(byte[] file) {
        return OnnxFuzzer.reads(file);
    }

    @Test
    void theCorpusIsReadOrRefusedWithLittleMemoryAndTime() throws ReflectiveOperationException, IOException {
        var corpus = OnnxFuzzer.corpus();
        var files = new ArrayList<>(corpus);
        files.addAll(OnnxFuzzer.seeds());
        for (int round = 0; round < MUTATIONS; round++) {
            files.add(mutated(files.get(round % corpus.size()), Rng.of(6).split(round)));
        }
        int refused = 0;
        for (byte[] file : files) {
            var read = new boolean[1];
            long begin = System.nanoTime();
            long allocated = Allocated.by(() -> read[0] = reads(file));
            double seconds = (System.nanoTime() - begin) / 1e9;
            // Thousands of times what one takes: no file may keep the reader busy.
            assertTrue(seconds < 10, () -> seconds + " s for " + HexFormat.of().formatHex(file));
            refused += read[0] ? 0 : 1;
            assertTrue(allocated <= (1L << 20) + 4L * file.length,
                    () -> allocated + " bytes for " + HexFormat.of().formatHex(file));
        }
        assertTrue(refused > corpus.size() / 4 && refused < files.size(), refused + " of " + files.size());
    }

    private static ProtoWriter model(ProtoWriter graph) {
        return new ProtoWriter()
                .message(OnnxProto.Model.OPSETS, new ProtoWriter().number(OnnxProto.Opset.VERSION, 17L))
                .message(OnnxProto.Model.GRAPH, graph);
    }

    private static ProtoWriter tensor(ProtoWriter fields) {
        return model(new ProtoWriter().message(OnnxProto.Graph.INITIALIZERS,
                new ProtoWriter().text(OnnxProto.TensorData.NAME, "w").number(OnnxProto.TensorData.TYPE, 1L)
                        .append(fields)));
    }

    private static void assertRefused(String why, ProtoWriter model) {
        var problem = assertThrows(FormatException.class, () -> OnnxFile.read(model.toBytes()));
        assertTrue(problem.getMessage().contains(why), problem.getMessage());
    }

    @Test
    void tensorsMustHaveTheBytesTheirSizesNeed() {
        var raw = new ProtoWriter().bytes(OnnxProto.TensorData.RAW, new byte[8]);
        assertRefused("has 8 bytes of elements but F32[3] needs 12",
                tensor(new ProtoWriter().number(OnnxProto.TensorData.DIMS, 3L).append(raw)));
        assertRefused("that this library cannot hold",
                tensor(dims(1L << 30, 1L << 30, 1L << 30).append(raw)));
        assertRefused("a size of -1", tensor(dims(-1).append(raw)));
        assertRefused("a size of 1 as number 9", tensor(dims(1, 1, 1, 1, 1, 1, 1, 1, 1).append(raw)));
        assertRefused("unknown type 77", tensor(new ProtoWriter().number(OnnxProto.TensorData.TYPE, 77L)));
    }

    private static ProtoWriter dims(long... sizes) {
        var dims = new ProtoWriter();
        for (long size : sizes) {
            dims.number(OnnxProto.TensorData.DIMS, size);
        }
        return dims;
    }

    @Test
    void packedSizesAreReadLikeOthers() {
        var file = tensor(new ProtoWriter().bytes(OnnxProto.TensorData.DIMS, (byte) 1, (byte) 2)
                .bytes(OnnxProto.TensorData.RAW, new byte[8]));

        assertDoesNotThrow(() -> OnnxFile.read(file.toBytes()));
    }

    @Test
    void bytesHaveNoFilesBesideThem() {
        assertRefused("the model was not read from a path",
                tensor(new ProtoWriter().number(OnnxProto.TensorData.LOCATION, 1L)));
    }

    @Test
    void whatIsNoModelIsRefused() {
        assertRefused("no graph", new ProtoWriter());
        assertRefused("it does not say its opset", new ProtoWriter().message(OnnxProto.Model.GRAPH, new ProtoWriter()));
        assertRefused("a second graph", model(new ProtoWriter()).message(OnnxProto.Model.GRAPH, new ProtoWriter()));
        assertRefused("sparse initializers", model(
                new ProtoWriter().message(OnnxProto.Graph.SPARSE_INITIALIZERS, new ProtoWriter())));
    }

    @Test
    void aCompleteFileIsRead() {
        assertDoesNotThrow(() -> OnnxFile.read(sample()));
    }
}
