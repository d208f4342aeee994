package org.espalier.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The drawing in {@code core/ARCHITECTURE.md} is that of the imports in the sources. */
class ArchitecturePageTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?(org\\.espalier[a-z.]*)\\.[A-Z]");
    private static final List<String> MODULES = List.of("prune", "nn", "core");

    @Test
    void theDrawingIsThatOfTheSources() throws IOException {
        var page = Files.readString(ROOT.resolve("core/ARCHITECTURE.md"));

        var drawing = drawing();
        assertTrue(page.contains(drawing), () -> "core/ARCHITECTURE.md should have:\n" + drawing);
    }

    @Test
    void anArrowThatFollowsFromOthersIsLeftOut() {
        var uses = new TreeMap<String, Set<String>>();
        uses.put("a", Set.of("b", "c"));
        uses.put("b", Set.of("c"));
        uses.put("c", Set.of());

        assertEquals(Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of()), reduced(uses));
    }

    private static String drawing() throws IOException {
        var text = new StringBuilder("```mermaid\nflowchart TD\n");
        var uses = new TreeMap<String, Set<String>>();
        for (var module : MODULES) {
            var here = uses(ROOT.resolve(module).resolve("src/main/java"));
            uses.putAll(here);
            text.append("  subgraph ").append(module).append("_jar[").append(module).append("]\n");
            here.keySet().forEach(name -> text.append("    ").append(name).append('\n'));
            text.append("  end\n");
        }
        reduced(uses).forEach((from, all) -> {
            if (!all.isEmpty()) {
                text.append("  ").append(from).append(" --> ").append(String.join(" & ", all)).append('\n');
            }
        });
        return text.append("```\n").toString();
    }

    /** The packages below a folder, by what they import. */
    private static Map<String, Set<String>> uses(Path sources) throws IOException {
        var uses = new TreeMap<String, Set<String>>();
        try (var files = Files.walk(sources)) {
            for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                if (!file.endsWith("module-info.java")) {
                    var name = sources.relativize(file.getParent()).toString().replace('\\', '/');
                    var imports = uses.computeIfAbsent(shortName(name.replace('/', '.')), key -> new TreeSet<>());
                    IMPORT.matcher(Files.readString(file)).results().forEach(
                            match -> imports.add(shortName(match.group(1))));
                }
            }
        }
        uses.forEach((name, imports) -> imports.remove(name));
        return uses;
    }

    private static String shortName(String name) {
        return name.replaceFirst("^org\\.espalier\\.", "");
    }

    /** Without the arrows that a path over other packages says too. */
    private static Map<String, Set<String>> reduced(Map<String, Set<String>> uses) {
        var reduced = new TreeMap<String, Set<String>>();
        uses.forEach((from, all) -> {
            var kept = new TreeSet<>(all);
            for (var over : all) {
                for (var to : all) {
                    if (!over.equals(to) && reaches(uses, over, to, new TreeSet<>())) {
                        kept.remove(to);
                    }
                }
            }
            reduced.put(from, kept);
        });
        return reduced;
    }

    private static boolean reaches(Map<String, Set<String>> uses, String from, String to, Set<String> seen) {
        return seen.add(from) && uses.getOrDefault(from, Set.of()).stream()
                .anyMatch(next -> next.equals(to) || reaches(uses, next, to, seen));
    }
}
