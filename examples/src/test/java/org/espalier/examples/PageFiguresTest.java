package org.espalier.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every figure of a page has a source, and is what the source says. */
class PageFiguresTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("");

    @TempDir
    private Path folder;

    @Test
    void everyFigureOfEveryPageHasItsSource() throws IOException {
        var figures = new PageFigures(ROOT);
        var problems = new ArrayList<String>();
        try (var files = Files.walk(ROOT)) {
            for (var page : files.map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
                    .filter(PageFiguresTest::isPage).sorted().toList()) {
                problems.addAll(figures.problems(page));
            }
        }
        assertTrue(problems.isEmpty(), () -> String.join("\n", problems));
    }

    /** Pages whose figures have no comments yet; each that gets them goes from this list. */
    private static final List<String> WITHOUT_COMMENTS = List.of(".github/SECURITY.md", "core/RELIABILITY.md",
            "examples/spark/GROWING.md", "examples/spark/README.md");

    /** Not the results themselves. */
    private static boolean isPage(String name) {
        return name.endsWith(".md") && !name.contains("target/") && !name.matches("(examples|bench)/results/.*")
                && !WITHOUT_COMMENTS.contains(name);
    }

    private List<String> problems(String page) throws IOException {
        Files.writeString(folder.resolve("page.md"), page);
        Files.writeString(folder.resolve("results.json"), "\"lamp\": 0.01634,\n\"bytes\": 107632, \"rate\": 12_300\n");
        Files.writeString(folder.resolve("PageTest.java"), "read(\"page.md\")");
        return new PageFigures(folder).problems("page.md");
    }

    @Test
    void aFigureOfAResultIsComparedRounded() throws IOException {
        var marker = "<!-- figures: results.json -->\n";
        assertEquals(List.of(), problems(marker + "LAMP: 1.63 % wrong, or 1.6 %; 108 kB, 107,632 bytes; 12,300.\n"));
        assertEquals(List.of("page.md:2: [1.64 %] are not in results.json"), problems(marker + "LAMP: 1.64 % wrong\n"));
        assertEquals(List.of("page.md:2: [108 kB] are not in results.json#lamp"),
                problems("<!-- figures: results.json#lamp -->\nLAMP: 1.63 %, 108 kB\n"));
        assertEquals(List.of("page.md:2: there is no number in results.json#wanda"),
                problems("<!-- figures: results.json#wanda -->\nWanda: 2.5 %\n"));
        assertEquals(List.of("page.md:2: there is no file other.json"),
                problems("<!-- figures: other.json -->\nWanda: 2.5 %\n"));
    }

    @Test
    void aRowOfATableIsComparedWithThatOfTheResult() throws IOException {
        Files.writeString(folder.resolve("results.md"), "| lamp | 1.5 |\n| lamp 2 | 2.5 |\n");
        var table = "<!-- figures: results.md#(row) -->\n| method | error |\n|---|---|\n";
        assertEquals(List.of(), problems(table + "| lamp | 1.5 |\n| lamp 2 | 2.5 |\n"));
        assertEquals(List.of("page.md:2: [2.5 of lamp ] are not in results.md"), problems(table + "| lamp | 2.5 |\n"));
    }

    @Test
    void aFigureWithoutASourceIsNamed() throws IOException {
        assertEquals(List.of("page.md:3: says [3 %, 1,000, 0.5, 4 times] without a comment above it that says where "
                + "they are from"), problems("# A\n\n3 % of 1,000 in 0.5, 4 times\n"));
        assertEquals(List.of(), problems("Java 25, `0.5`, [4](5.0), 28 × 28, in [0, 1], 7 layers\n"));
        assertEquals(List.of(), problems("```java\nx(0.5);\n```\n"));
        assertEquals(1, problems("```\naccuracy 0.5\n```\n").size());
    }

    @Test
    void whatWasMeasuredNamesMachineAndCommand() throws IOException {
        var figures = "<!-- measured -->\n| 3 ms |\n";
        assertEquals(List.of(), problems("## Speed\nOn an EPYC by `mvn x`:\n\n" + figures));
        assertEquals(1, problems("## Speed\nOn an EPYC:\n\n" + figures).size());
        assertEquals(1, problems("On an EPYC by `mvn x`\n## Speed\n\n" + figures).size());
    }

    @Test
    void aTestIsOneThatReadsThePage() throws IOException {
        assertEquals(List.of(), problems("<!-- tested: PageTest.java -->\n| 3 ms |\n"));
        assertEquals(List.of("page.md:2: results.json does not read page.md"),
                problems("<!-- tested: results.json -->\n| 3 ms |\n"));
        assertEquals(1, problems("<!-- defined:  -->\n| 3 ms |\n").size());
    }
}
