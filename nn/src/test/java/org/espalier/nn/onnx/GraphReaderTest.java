package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.nn.Activation;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Linear;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.infer.Allocated;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GraphReaderTest {
    private static final int MUTATIONS = 4_000;
    private static final int MOST_OF_A_SMALL_FILE = 200;

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
    @Tag("memory")
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

    /** Files of nothing but small parts: each takes more memory than bytes, so that their number has a limit. */
    @Test
    @Tag("memory")
    void floodsOfSmallPartsTakeNoMoreMemoryThanTheFileBearsOut() throws ReflectiveOperationException {
        var floods = new LinkedHashMap<String, ProtoWriter>();
        var nodes = new ProtoWriter();
        var attributes = new ProtoWriter();
        var constants = new ProtoWriter();
        for (int i = 0; i < 200_000; i++) {
            nodes.message(OnnxProto.Graph.NODES, new ProtoWriter()
                    .text(OnnxProto.Node.OPERATOR, "Relu")
                    .text(OnnxProto.Node.INPUTS, i == 0 ? "x" : "v" + (i - 1))
                    .text(OnnxProto.Node.OUTPUTS, "v" + i));
            attributes.message(OnnxProto.Node.ATTRIBUTES, new ProtoWriter().text(OnnxProto.Attribute.NAME, "a" + i)
                    .number(OnnxProto.Attribute.TYPE, (long) OnnxProto.Attribute.IS_INT));
            constants.message(OnnxProto.Graph.INITIALIZERS, new ProtoWriter()
                    .number(OnnxProto.TensorData.TYPE, 1L).text(OnnxProto.TensorData.NAME, "c" + i)
                    .bytes(OnnxProto.TensorData.RAW, new byte[4]));
        }
        floods.put("nodes", nodes);
        floods.put("attributes", new ProtoWriter().message(OnnxProto.Graph.NODES, attributes));
        floods.put("constants", constants);
        floods.put("integers", new ProtoWriter().message(OnnxProto.Graph.NODES, new ProtoWriter().message(
                OnnxProto.Node.ATTRIBUTES, new ProtoWriter().text(OnnxProto.Attribute.NAME, "a")
                        .bytes(OnnxProto.Attribute.INTS, new byte[3_000_000]))));
        floods.put("typed integers", new ProtoWriter().message(OnnxProto.Graph.INITIALIZERS, new ProtoWriter()
                .number(OnnxProto.TensorData.TYPE, 7L).bytes(OnnxProto.TensorData.INT64S, new byte[3_000_000])));
        for (var flood : floods.entrySet()) {
            var ports = new ProtoWriter()
                    .message(OnnxProto.Graph.INPUTS, new ProtoWriter().text(OnnxProto.ValueInfo.NAME, "x"))
                    .message(OnnxProto.Graph.OUTPUTS, new ProtoWriter().text(OnnxProto.ValueInfo.NAME, "v5"));
            byte[] file = model(ports.append(flood.getValue())).toBytes();
            long allocated = Allocated.by(() -> reads(file));
            assertTrue(allocated <= (1L << 20) + 4L * file.length,
                    flood.getKey() + ": " + allocated + " bytes for a file of " + file.length);
        }
    }

    /** A chain that is read to its end, with as many nodes as the reader takes in a file of this size. */
    @Test
    @Tag("memory")
    void aLongChainTakesNoMoreMemoryThanTheFileBearsOut() throws ReflectiveOperationException {
        byte[] longest = null;
        for (int length = 50; length <= 3_200; length += 50) {
            var graph = new ProtoWriter()
                    .message(OnnxProto.Graph.INPUTS, rows("x"))
                    .message(OnnxProto.Graph.OUTPUTS, rows("v" + (length - 1)));
            for (int i = 0; i < length; i++) {
                graph.message(OnnxProto.Graph.NODES, new ProtoWriter()
                        .text(OnnxProto.Node.OPERATOR, "Relu")
                        .text(OnnxProto.Node.INPUTS, i == 0 ? "x" : "v" + (i - 1))
                        .text(OnnxProto.Node.OUTPUTS, "v" + i));
            }
            byte[] file = model(graph).toBytes();
            longest = reads(file) ? file : longest;
        }
        byte[] file = longest;
        long allocated = Allocated.by(() -> assertTrue(reads(file)));

        assertTrue(allocated <= (1L << 20) + 4L * file.length,
                allocated + " bytes for a file of " + file.length);
        // what a network may reasonably have
        assertTrue(file.length > 25 * MOST_OF_A_SMALL_FILE, file.length + " bytes");
    }

    private static ProtoWriter rows(String name) {
        var dim = new ProtoWriter().number(OnnxProto.ValueInfo.DIM_VALUE, 4L);
        var shape = new ProtoWriter()
                .message(OnnxProto.ValueInfo.SHAPE_DIM, new ProtoWriter().text(OnnxProto.ValueInfo.DIM_NAME, "n"))
                .message(OnnxProto.ValueInfo.SHAPE_DIM, dim);
        var tensor = new ProtoWriter().number(OnnxProto.ValueInfo.TENSOR_ELEMENT, 1L)
                .message(OnnxProto.ValueInfo.TENSOR_SHAPE, shape);
        return new ProtoWriter().text(OnnxProto.ValueInfo.NAME, name).message(OnnxProto.ValueInfo.TYPE,
                new ProtoWriter().message(OnnxProto.ValueInfo.TYPE_TENSOR, tensor));
    }

    /** Operators that make much of a few numbers, in constants: refused before anything is made. */
    @Test
    @Tag("memory")
    void constantsThatWouldGrowAreRefused() throws IOException, ReflectiveOperationException {
        var graph = new GraphWriter();
        var shape = graph.constant("s", RawTensor.ofInts(DType.I64, Shape.of(2), 20_000, 20_000));
        var large = graph.node("ConstantOfShape", "", shape);
        var sum = graph.node("Add", "", "input", graph.node("ReduceSum", "", large));
        byte[] file = graph.model(sum, 2, -1, Map.of());

        var problem = assertThrows(FormatException.class, () -> OnnxFile.read(file).model());
        assertTrue(problem.getMessage().contains("ConstantOfShape: its constant result is larger than a file"),
                problem.getMessage());
        assertTrue(Allocated.by(() -> reads(file)) < 1 << 20);
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
        assertRefused("this is an empty file", new ProtoWriter());
        assertRefused("no graph", new ProtoWriter().number(OnnxProto.Model.IR_VERSION, 8L));
        assertRefused("it does not say its opset", new ProtoWriter().message(OnnxProto.Model.GRAPH, new ProtoWriter()));
        assertRefused("a second graph", model(new ProtoWriter()).message(OnnxProto.Model.GRAPH, new ProtoWriter()));
        assertRefused("sparse initializers", model(
                new ProtoWriter().message(OnnxProto.Graph.SPARSE_INITIALIZERS, new ProtoWriter())));
    }

    @Test
    void aCompleteFileIsRead() {
        assertDoesNotThrow(() -> OnnxFile.read(sample()));
    }

    private static OnnxGraph read(ProtoWriter model) throws FormatException {
        return GraphReader.read("m.onnx", new ExternalData("m.onnx", null), model.toBytes());
    }

    private static ProtoWriter opset(long version) {
        return new ProtoWriter().message(OnnxProto.Model.GRAPH, new ProtoWriter())
                .message(OnnxProto.Model.OPSETS, new ProtoWriter().number(OnnxProto.Opset.VERSION, version));
    }

    @Test
    void opsetsFrom6To25AndIrVersionsFrom3AreRead() throws FormatException {
        assertEquals(Map.of("", 6L), read(opset(6)).opsets());
        assertEquals(Map.of("", 25L), read(opset(25)).opsets());
        assertRefused("operators of opset 5; this library reads opset 6 to 25", opset(5));
        assertRefused("operators of opset 26; this library reads opset 6 to 25", opset(26));
        assertEquals(Map.of("", 25L), read(opset(25).number(OnnxProto.Model.IR_VERSION, 3L)).opsets());
        assertRefused("IR version 2; this library reads from 3 on", opset(25).number(OnnxProto.Model.IR_VERSION, 2L));
    }

    @Test
    void theStandardDomainHasTwoNames() throws FormatException {
        var domain = new ProtoWriter().text(OnnxProto.Opset.DOMAIN, "ai.onnx").number(OnnxProto.Opset.VERSION, 17L);
        var other = new ProtoWriter().text(OnnxProto.Opset.DOMAIN, "my").number(OnnxProto.Opset.VERSION, 2L);
        var node = new ProtoWriter().text(OnnxProto.Node.DOMAIN, "ai.onnx").text(OnnxProto.Node.OPERATOR, "Relu")
                .text(OnnxProto.Node.INPUTS, "x").text(OnnxProto.Node.INPUTS, "").text(OnnxProto.Node.OUTPUTS, "y")
                .text(OnnxProto.Node.NAME, "first");
        var function = new ProtoWriter().text(OnnxProto.Function.NAME, "F").text(OnnxProto.Function.DOMAIN, "my");
        var model = new ProtoWriter().message(OnnxProto.Model.OPSETS, domain).message(OnnxProto.Model.OPSETS, other)
                .message(OnnxProto.Model.FUNCTIONS, function)
                .message(OnnxProto.Model.GRAPH, new ProtoWriter().message(OnnxProto.Graph.NODES, node));
        var graph = read(model);
        assertEquals(Map.of("", 17L, "my", 2L), graph.opsets());
        assertEquals(Set.of("my.F"), graph.functions());
        var only = graph.nodes().getFirst();
        assertEquals("Relu (node first)", only.toString());
        assertEquals(List.of("x", ""), only.inputs());
        assertEquals(List.of("y"), only.outputs());
        assertEquals(model.toBytes().length, graph.bytes());
    }

    /** Up to IR 3 an initializer is an input too; it is not one that has to be given. */
    @Test
    void initializersAreNoInputs() throws FormatException {
        var weight = new ProtoWriter().text(OnnxProto.TensorData.NAME, "w").number(OnnxProto.TensorData.TYPE, 1L)
                .bytes(OnnxProto.TensorData.RAW, new byte[4]);
        var graph = read(model(new ProtoWriter().message(OnnxProto.Graph.INPUTS, rows("x"))
                .message(OnnxProto.Graph.INPUTS, rows("w"))
                .message(OnnxProto.Graph.OUTPUTS, rows("y"))
                .message(OnnxProto.Graph.INITIALIZERS, weight)));
        assertEquals(List.of("x"), graph.inputs().stream().map(OnnxGraph.Port::name).toList());
        assertEquals(List.of("y"), graph.outputs().stream().map(OnnxGraph.Port::name).toList());
        assertEquals(Set.of("w"), graph.constants().keySet());
    }

    @Test
    void whatIsThereTwiceIsRefused() {
        var entry = new ProtoWriter().text(OnnxProto.Entry.KEY, "k").text(OnnxProto.Entry.VALUE, "v");
        assertRefused("the metadata \"k\" twice", model(new ProtoWriter()).message(OnnxProto.Model.METADATA, entry)
                .message(OnnxProto.Model.METADATA, entry));
        var attribute = new ProtoWriter().text(OnnxProto.Attribute.NAME, "a").number(OnnxProto.Attribute.INT, 1L);
        assertRefused("the attribute \"a\" twice", model(new ProtoWriter().message(OnnxProto.Graph.NODES,
                new ProtoWriter().message(OnnxProto.Node.ATTRIBUTES, attribute)
                        .message(OnnxProto.Node.ATTRIBUTES, attribute))));
        var weight = new ProtoWriter().text(OnnxProto.TensorData.NAME, "w").number(OnnxProto.TensorData.TYPE, 8L);
        assertRefused("the initializer \"w\" twice", model(new ProtoWriter()
                .message(OnnxProto.Graph.INITIALIZERS, weight).message(OnnxProto.Graph.INITIALIZERS, weight)));
    }
}
