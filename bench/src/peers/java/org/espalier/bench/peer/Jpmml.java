package org.espalier.bench.peer;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.bench.task.Inference;
import org.espalier.bench.task.Mlp;
import org.espalier.bench.task.Workload;
import org.jpmml.evaluator.Evaluator;
import org.jpmml.evaluator.LoadingModelEvaluatorBuilder;

/** JPMML's evaluator: the network as a document of PMML, a row as a map from names to values. */
public final class Jpmml implements Peer {
    @Override
    public String name() {
        return "jpmml";
    }

    @Override
    public String describe() {
        var version = Evaluator.class.getPackage().getImplementationVersion();
        return "JPMML-Evaluator" + (version == null ? "" : " " + version) + ", a PMML document of a neural network";
    }

    @Override
    public Optional<Supplier<Work>> offer(Workload task) {
        return task instanceof Inference infer && infer.batch() == 1 && infer.threads() == 1 && !infer.net().isPruned()
                && infer.net().inputs() * infer.net().out(0) < 300_000
                        ? Optional.of(() -> row(infer))
                        : Optional.empty();
    }

    private static Work row(Inference task) {
        var evaluator = evaluator(task.net());
        float[] x = task.x();
        var arguments = new LinkedHashMap<String, Object>();
        for (int i = 0; i < x.length; i++) {
            arguments.put("x" + i, (double) x[i]);
        }
        var answer = new float[task.net().outputs()];
        return Work.filling(answer, () -> {
            var results = evaluator.evaluate(arguments);
            for (int i = 0; i < answer.length; i++) {
                answer[i] = ((Number) results.get("y" + i)).floatValue();
            }
        });
    }

    private static Evaluator evaluator(Mlp net) {
        try {
            var document = new ByteArrayInputStream(document(net).getBytes(StandardCharsets.UTF_8));
            return new LoadingModelEvaluatorBuilder().load(document).build();
        } catch (Exception e) {
            throw new IllegalStateException("JPMML does not take the network", e);
        }
    }

    private static String document(Mlp net) {
        var xml = new StringBuilder("""
                <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/><DataDictionary>
                """);
        for (int i = 0; i < net.inputs(); i++) {
            xml.append("<DataField name=\"x%d\" optype=\"continuous\" dataType=\"double\"/>".formatted(i));
        }
        for (int i = 0; i < net.outputs(); i++) {
            xml.append("<DataField name=\"y%d\" optype=\"continuous\" dataType=\"double\"/>".formatted(i));
        }
        xml.append("</DataDictionary><NeuralNetwork functionName=\"regression\" activationFunction=\"rectifier\">")
                .append("<MiningSchema>");
        for (int i = 0; i < net.inputs(); i++) {
            xml.append("<MiningField name=\"x%d\"/>".formatted(i));
        }
        for (int i = 0; i < net.outputs(); i++) {
            xml.append("<MiningField name=\"y%d\" usageType=\"target\"/>".formatted(i));
        }
        xml.append("</MiningSchema><NeuralInputs>");
        for (int i = 0; i < net.inputs(); i++) {
            xml.append(field("NeuralInput", "id=\"0-%d\"".formatted(i), "x" + i));
        }
        xml.append("</NeuralInputs>");
        for (int l = 0; l < net.layers(); l++) {
            layer(xml, net, l);
        }
        xml.append("<NeuralOutputs>");
        for (int i = 0; i < net.outputs(); i++) {
            xml.append(field("NeuralOutput", "outputNeuron=\"%d-%d\"".formatted(net.layers(), i), "y" + i));
        }
        return xml.append("</NeuralOutputs></NeuralNetwork></PMML>").toString();
    }

    private static String field(String element, String attributes, String field) {
        return ("<%s %s><DerivedField optype=\"continuous\" dataType=\"double\"><FieldRef field=\"%s\"/>"
                + "</DerivedField></%s>").formatted(element, attributes, field, element);
    }

    private static void layer(StringBuilder xml, Mlp net, int l) {
        xml.append(l == net.layers() - 1 ? "<NeuralLayer activationFunction=\"identity\">" : "<NeuralLayer>");
        float[] weight = net.weight(l);
        float[] bias = net.bias(l);
        for (int out = 0; out < net.out(l); out++) {
            xml.append("<Neuron id=\"").append(l + 1).append('-').append(out).append("\" bias=\"").append(bias[out])
                    .append("\">");
            for (int in = 0; in < net.in(l); in++) {
                xml.append("<Con from=\"").append(l).append('-').append(in).append("\" weight=\"")
                        .append(weight[out * net.in(l) + in]).append("\"/>");
            }
            xml.append("</Neuron>");
        }
        xml.append("</NeuralLayer>");
    }
}
