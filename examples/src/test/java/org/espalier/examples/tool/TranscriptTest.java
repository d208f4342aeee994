package org.espalier.examples.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Replays the transcript in {@code TOOL.md}: each command prints what it prints there. */
class TranscriptTest extends ToolFixture {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    /** A command and its lines. */
    private record Step(String command, List<String> lines) {}

    private static List<Step> steps() throws IOException {
        var file = Path.of(System.getProperty("basedir", ""), "TOOL.md").toAbsolutePath();
        var steps = new ArrayList<Step>();
        boolean fenced = false;
        for (var line : Files.readAllLines(file)) {
            if (line.startsWith("```")) {
                fenced = !fenced;
            } else if (fenced && line.startsWith("$ ")) {
                steps.add(new Step(line.substring(2), new ArrayList<>()));
            } else if (fenced) {
                steps.getLast().lines.add(line);
            }
        }
        return steps;
    }

    @Test
    void everyCommandPrintsWhatItPrintsThere() throws IOException {
        table("credit.csv", 10_000);
        int run = 0;
        for (var step : steps()) {
            if (step.command.startsWith("curl ") || step.command.contains(" serve ")) {
                continue;
            }
            var words = new ArrayList<Object>();
            var found = WORD.matcher(step.command.substring("espalier ".length()));
            while (found.find()) {
                var word = found.group(1) != null ? found.group(1) : found.group(2);
                words.add(word.matches("\\w+\\.(csv|safetensors|onnx)") ? folder.resolve(word) : word);
            }
            var said = espalier(words.toArray()).good().replace(folder + "/", "").replace(folder + "\\", "");
            assertEquals(String.join("\n", step.lines).strip(), said.strip(), step.command);
            run++;
        }
        assertTrue(run >= 10, "commands: " + run);
    }
}
