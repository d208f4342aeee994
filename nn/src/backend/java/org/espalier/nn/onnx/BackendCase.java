package org.espalier.nn.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.nn.onnx.operator.Constant;
import org.espalier.nn.onnx.operator.Operand;
import org.espalier.nn.onnx.operator.Operands;
import org.espalier.tensor.Tensor;

/** One of the ONNX project's own tests of runtimes: a model, inputs, and the outputs that are right. */
final class BackendCase {
    /** The tolerances of the ONNX project. */
    private static final double RELATIVE = 1e-3;
    private static final double ABSOLUTE = 1e-7;

    private final Path directory;
    private OnnxGraph graph;

    BackendCase(Path directory) {
        this.directory = directory;
    }

    String name() {
        return directory.getParent().getFileName() + "/" + directory.getFileName();
    }

    private OnnxGraph graph() throws IOException {
        if (graph == null) {
            graph = GraphReader.read(name(), new ExternalData(name(), null),
                    Files.readAllBytes(directory.resolve("model.onnx")));
        }
        return graph;
    }

    /** Its operators, read without asking whether the file can be read otherwise. */
    Set<String> operators() throws IOException {
        var names = new TreeSet<String>();
        var model = ProtoReader.of(name(), Files.readAllBytes(directory.resolve("model.onnx")));
        while (model.next()) {
            if (model.field() == OnnxProto.Model.GRAPH) {
                var inner = model.message();
                while (inner.next()) {
                    if (inner.field() == OnnxProto.Graph.NODES) {
                        names.add(operator(inner.message()));
                    }
                }
            }
        }
        return names;
    }

    private static String operator(ProtoReader node) throws FormatException {
        var operator = "";
        var domain = "";
        while (node.next()) {
            switch (node.field()) {
                case OnnxProto.Node.OPERATOR -> operator = node.text();
                case OnnxProto.Node.DOMAIN -> domain = node.text();
                default -> {}
            }
        }
        return domain.isEmpty() || domain.equals("ai.onnx") ? operator : domain + "." + operator;
    }

    /** Whether its floats are all of 32 bits, and there are some; and it has no strings or sequences. */
    boolean isFloat32() throws IOException {
        var types = new TreeSet<Long>();
        var model = ProtoReader.of(name(), Files.readAllBytes(directory.resolve("model.onnx")));
        while (model.next()) {
            if (model.field() == OnnxProto.Model.GRAPH) {
                var inner = model.message();
                while (inner.next()) {
                    if (inner.field() == OnnxProto.Graph.INPUTS || inner.field() == OnnxProto.Graph.OUTPUTS) {
                        types.add(new PortReader().read(inner.message()).type());
                    }
                }
            }
        }
        return types.contains(1L) && Stream.of(0L, 8L, 10L, 11L, 16L, 14L, 15L).noneMatch(types::contains);
    }

    /** Runs it in every way there is; throws an {@link AssertionError} for a wrong result. */
    void run() throws IOException {
        try (var sets = Files.list(directory)) {
            for (var set : sets.filter(Files::isDirectory).sorted().toList()) {
                run(set);
            }
        }
    }

    private void run(Path set) throws IOException {
        var inputs = new LinkedHashMap<String, Constant>();
        for (int i = 0; i < graph().inputs().size(); i++) {
            var file = set.resolve("input_" + i + ".pb");
            if (Files.exists(file)) {
                inputs.put(graph().inputs().get(i).name(), tensor(file));
            }
        }
        for (int i = 0; i < graph().outputs().size(); i++) {
            var output = graph().outputs().get(i).name();
            var expected = tensor(set.resolve("output_" + i + ".pb"));
            compare("with all inputs given", expected, given(inputs, output));
            for (var input : graph().inputs()) {
                if (input.type() == 1) {
                    compare("as a model of " + input.name(), expected, model(inputs, input.name(), output));
                }
            }
        }
    }

    private static Constant tensor(Path file) throws IOException {
        var held = new TensorReader(new ExternalData(file.toString(), null))
                .read(ProtoReader.of(file.toString(), Files.readAllBytes(file)));
        if (held.refusal() != null) {
            throw new FormatException(file.toString(), held.refusal());
        }
        return held.value();
    }

    /** Every node executed, nothing known before. */
    private Tensor given(Map<String, Constant> inputs, String output) throws IOException {
        return value(Analysis.of(graph(), output, false), inputs);
    }

    private static Tensor value(Value value, Map<String, Constant> inputs) {
        if (value.isConstant()) {
            return value.constant().tensor();
        }
        if (value.step() == null) {
            return inputs.get(value.name()).tensor();
        }
        var operands = new ArrayList<Operand>();
        for (var input : value.step().inputs()) {
            operands.add(input == null ? null : new Operand.Computed(value(input, inputs), input.type()));
        }
        return value.step().operator().value(new Operands(operands));
    }

    /** The layers of one input, the others constants. */
    private Tensor model(Map<String, Constant> inputs, String free, String output) throws IOException {
        var constants = new LinkedHashMap<>(graph().constants());
        inputs.forEach((name, value) -> {
            if (!name.equals(free)) {
                constants.put(name, new OnnxGraph.Held(0, value, null));
            }
        });
        var left = graph().inputs().stream().filter(port -> port.name().equals(free)).toList();
        var changed = new OnnxGraph(graph().source(), 1 << 20, graph().opsets(), graph().nodes(), constants, left,
                graph().outputs(), graph().functions(), Map.of());
        if (Analysis.of(changed, output, false).isConstant()) {
            return Analysis.of(changed, output, false).constant().tensor();
        }
        return Importer.model(changed, output, false).forward(inputs.get(free).tensor());
    }

    private static void compare(String how, Constant expected, Tensor actual) {
        var wanted = expected.tensor();
        if (!wanted.shape().equals(actual.shape())) {
            throw new AssertionError(how + ": " + actual.shape() + " in place of " + wanted.shape());
        }
        float[] all = wanted.toArray();
        float[] found = actual.toArray();
        for (int i = 0; i < all.length; i++) {
            double right = all[i];
            double value = found[i];
            boolean same = Double.compare(value, right) == 0 || value == right
                    || expected.type() == DType.F32
                            && Math.abs(value - right) <= ABSOLUTE + RELATIVE * Math.abs(right);
            if (!same) {
                throw new AssertionError(how + ": element " + i + " is " + value + " in place of " + right);
            }
        }
    }

    static List<BackendCase> all(Path data) throws IOException {
        var all = new ArrayList<BackendCase>();
        for (var group : List.of("node", "simple", "pytorch-operator", "pytorch-converted")) {
            try (var directories = Files.list(data.resolve(group))) {
                directories.sorted().map(BackendCase::new).forEach(all::add);
            }
        }
        return all;
    }
}
