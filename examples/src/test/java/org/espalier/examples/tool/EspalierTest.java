package org.espalier.examples.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.model.PyTorchFile;
import org.espalier.nn.onnx.OnnxFile;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class EspalierTest extends ToolFixture {
    /** Commands whose examples need files of other programs, and which have tests of their own. */
    private static final List<String> OTHERS = List.of("report", "lesson", "auto");

    /** Two clouds that a line parts: red below, blue above. */
    private Path points() throws IOException {
        var text = new StringBuilder("x,y,note,colour\n");
        for (int i = 0; i < 200; i++) {
            boolean blue = i % 2 == 0;
            text.append(i * 37 % 100).append(',').append((blue ? 150 : 20) + i * 13 % 40).append(",n,")
                    .append(blue ? "blue" : "red").append('\n');
        }
        return Files.writeString(folder.resolve("points.csv"), text);
    }

    @Test
    void aTableBecomesAFileThatAnswersRows() throws IOException {
        var model = folder.resolve("new/points.safetensors");
        var run = espalier("run", "--data", points(), "--target", "colour", "--drop", "note", "--net", "8-4", "--keep",
                50, "--out", model);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("accuracy 100.00 %") && run.out().contains("wrote"), run.out());

        var rows = Files.writeString(folder.resolve("new.csv"), "y,x\n30,50\n170,50\n");
        var lines = espalier("predict", model, "--data", rows).good().lines().toList();
        assertEquals("colour,p(blue),p(red)", lines.get(0));
        assertTrue(lines.get(1).startsWith("red,") && lines.get(2).startsWith("blue,"), lines::toString);
        assertTrue(espalier("predict", model, "--data", rows, "--json").out().startsWith("{\"colour\":\"red\","));
        var answers = folder.resolve("answers.csv");
        assertEquals("", espalier("predict", model, "--data", rows, "--out", answers).good());
        assertEquals(lines, Files.readAllLines(answers));

        var inspected = espalier("inspect", model).good();
        assertTrue(inspected.contains("fc1.weight") && inspected.contains("output.bias"), inspected);
    }

    @Test
    void anErrorIsASentenceAndAnExitCode() throws IOException {
        espalier("inspect", folder.resolve("nothing")).fails(1, "no such file");
        assertTrue(espalier("inspect", "--verbose", folder.resolve("nothing")).err().contains("\tat "));
        espalier("run", "--data", points(), "--target", "color", "--out", folder.resolve("m"))
                .fails(1, "\"color\"", "colour");
        espalier("run", "--data", points(), "--target", "colour", "--keep", 0, "--out", folder.resolve("m"))
                .fails(2, "--keep");
        assertFalse(Files.exists(folder.resolve("m.state")));
    }

    @Test
    void wrongUsageIsExitCodeTwo() {
        espalier().fails(2, "which command?");
        espalier("prnue").fails(2, "prune");
        espalier("run", "--data", "x.csv").fails(2, "--out");
        espalier("train", "--epochs", "many", "--out", "x").fails(2, "--epochs", "many");
        assertEquals(0, espalier("run", "--help").code());
        assertTrue(espalier("--version").good().startsWith("0."));
    }

    @Test
    void theCompletionScriptHasEveryCommand() {
        var script = espalier("completion").good();
        for (var name : Espalier.commandLine(new Espalier()).getSubcommands().keySet()) {
            assertTrue(script.contains(name), name);
        }
    }

    /** Every example in the help of every command, in order, with its files in a folder. */
    @Test
    void theExamplesInTheHelpRun() throws IOException {
        wine();
        table("credit.csv", 300);
        digits(200, 50);
        var dense = wineModel();
        Files.copy(dense, folder.resolve("dense.safetensors"));
        espalier("prune", dense, "--data", folder.resolve("wine.csv"), "--keep", 30, "--retrain", 10, "-q", "--out",
                folder.resolve("small.safetensors")).good();
        var net = ModelFile.read(folder.resolve("dense.safetensors")).model();
        OnnxFile.of(net).write(folder.resolve("net.onnx"));
        Files.writeString(folder.resolve("rows.csv"), "1,2,3,4,5,6,7,8,9,10,11,12,13\n");
        Files.writeString(folder.resolve("mine.txt"), Presets.text("balanced"));
        PyTorchFile.of(Sequential.of(Linear.of(2, 2))).write(folder.resolve("state.pt"));

        var failed = new ArrayList<String>();
        int run = 0;
        for (var command : Espalier.commandLine(new Espalier()).getSubcommands().values()) {
            for (var line : examples(command)) {
                var words = words(line);
                boolean redirected = line.contains("<(") || line.contains(">") && !line.contains("accuracy>=");
                if (OTHERS.contains(words.getFirst()) || words.contains("serve") || redirected) {
                    continue;
                }
                var ran = espalier(words.toArray());
                run++;
                if (ran.code() != 0) {
                    failed.add(line + ": " + ran.code() + " " + ran.err());
                }
            }
        }
        // the one example whose check may fail by design: whether a network of 30 % is as good
        failed.removeIf(line -> line.startsWith("compare "));
        assertEquals(List.of(), failed);
        assertTrue(run > 20, "examples: " + run);
    }

    private static List<String> examples(CommandLine command) {
        var lines = Arrays.stream(command.getCommandSpec().usageMessage().footer())
                .filter(line -> line.startsWith("  espalier "))
                .map(line -> line.substring("  espalier ".length()))
                .toList();
        assertFalse(lines.isEmpty() && !command.getCommandName().equals("completion"), command.getCommandName());
        return lines;
    }

    private List<String> words(String line) {
        var words = new ArrayList<String>();
        var parts = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(line);
        while (parts.find()) {
            var word = parts.group(1) != null ? parts.group(1) : parts.group(2);
            if (word.equals("MNIST_FOLDER")) {
                word = folder.resolve("digits").toString();
            } else if (word.matches("\\w+\\.(csv|safetensors|onnx|pt|npz|txt)")) {
                word = folder.resolve(word).toString();
            }
            words.add(word);
        }
        return words;
    }

    /** Ctrl-C, as a shell sends it: the command says how to go on, and going on ends as if nothing had been. */
    @Test
    void anInterruptedRunGoesOnToTheSameFile() throws Exception {
        var data = wine();
        var whole = folder.resolve("whole.safetensors");
        Object[] job = {"run", "--data", data, "--target", "cultivar", "--epochs", 400, "--net", "64-32", "--keep", 20,
            "--retrain", 20, "--out"};
        var cut = folder.resolve("cut.safetensors");
        var process = process(job, cut);
        var checkpoint = folder.resolve("cut.safetensors.state/training.safetensors");
        for (int i = 0; i < 600 && !Files.exists(checkpoint); i++) {
            Thread.sleep(50);
        }
        assertTrue(Files.exists(checkpoint), "no checkpoint was written");
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        var said = Files.readString(folder.resolve("err.txt"), StandardCharsets.UTF_8);
        assertEquals(130, process.exitValue(), said);
        assertTrue(said.contains("interrupted; the same command with --resume goes on"), said);
        assertFalse(Files.exists(cut));

        espalier(with(job, cut)).fails(1, "--resume");
        espalier(with(job, cut, "--resume", "-q")).good();
        espalier(with(job, whole, "-q")).good();
        assertEquals(-1, Files.mismatch(whole, cut));
        assertFalse(Files.exists(folder.resolve("cut.safetensors.state")));
        espalier(with(job, cut, "--resume")).fails(1, "no run to go on with");
    }

    private static Object[] with(Object[] job, Object... more) {
        var all = new ArrayList<>(Arrays.asList(job));
        all.addAll(Arrays.asList(more));
        return all.toArray();
    }

    private Process process(Object[] job, Path out) throws IOException {
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Despalier.kernels=scalar",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Espalier.class.getName()));
        Arrays.stream(with(job, out)).map(Object::toString).forEach(command::add);
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("err.txt").toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start();
    }
}
