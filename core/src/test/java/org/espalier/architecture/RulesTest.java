package org.espalier.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

    private static final SourceFile LOW = file("Low", "low", "class Low {}\n");
    private static final SourceFile HIGH =
            file("High", "high", "import org.espalier.low.Low;\n\nclass High extends Low {}\n");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.out.println(1);",
                "System.err.print(1);",
                "IO.println(1);",
                "e.printStackTrace();",
                "new ObjectInputStream(in);",
                "double r = Math.random();",
                "var r = new Random(7);",
                "double e = Math.exp(x);",
                "list.parallelStream();",
                "System.exit(1);",
                "field.setAccessible(true);",
                "private static int count;",
                "static volatile List<Map<String, int[]>> cache = List.of();"
            })
    void aForbiddenLineIsReportedWithItsPlace(String line) {
        List<String> breaches = Rules.forbiddenCode(file("A", "low", "class A {\n    " + line + "\n}\n"));

        assertEquals(1, breaches.size());
        assertTrue(breaches.getFirst().startsWith("org.espalier.low.A:4 "), breaches.getFirst());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "double e = StrictMath.exp(Math.sqrt(x));",
                "// System.out.println(1);",
                "String s = \"System.out\";",
                "private static final int LIMIT = 3;",
                "static int size(int a) { return a; }",
                "static <T> List<T> of(T a);",
                "new RandomOrder(7);"
            })
    void anInnocentLineIsNotReported(String line) {
        assertEquals(List.of(), Rules.forbiddenCode(file("A", "low", "class A {\n    " + line + "\n}\n")));
    }

    @Test
    void theIncubatorBelongsToVectorKernels() {
        String body = "import jdk.incubator.vector.FloatVector;\n\nclass A {}\n";

        assertEquals(List.of(), Rules.incubatorOutsideItsPlace(file("VectorGemm", "kernel.vector", body)));
        assertEquals(1, Rules.incubatorOutsideItsPlace(file("VectorGemm", "kernel", body)).size());
        assertEquals(1, Rules.incubatorOutsideItsPlace(file("VectorGemm", "tensor", body)).size());
    }

    @Test
    void styleSeesLengthWidthBlanksEndsAndUnusedImports() {
        assertEquals(List.of(), Rules.style(LOW));
        assertEquals(1, Rules.style(file("A", "low", "//\n".repeat(399))).size());
        assertEquals(1, Rules.style(file("A", "low", "// " + "x".repeat(118) + "\n")).size());
        assertEquals(0, Rules.style(file("A", "low", "// " + "x".repeat(117) + "\n")).size());
        assertEquals(1, Rules.style(file("A", "low", "class A { \n}\n")).size());
        assertEquals(1, Rules.style(file("A", "low", "class A {}")).size());
        assertEquals(1, Rules.style(file("A", "low", "class\tA {}\n")).size());
        assertEquals(1, Rules.style(file("A", "low", "import java.util.List;\n\nclass A {}\n")).size());
        String linked = "import java.util.Set;\n\n/** {@link Set} */\nclass A {}\n";
        assertEquals(List.of(), Rules.style(file("A", "low", linked)));
    }

    @Test
    void aPackageMayUseOnlyThoseBelowIt() {
        List<SourceFile> files = List.of(LOW, HIGH);

        assertEquals(List.of(), Rules.direction(files, List.of("org.espalier.low", "org.espalier.high")));
        assertEquals(1, Rules.direction(files, List.of("org.espalier.high", "org.espalier.low")).size());
        assertEquals(1, Rules.direction(files, List.of("org.espalier.low")).size());
    }

    @Test
    void aCycleIsReportedFromBothEnds() {
        SourceFile back = file("Back", "low", "class Back extends org.espalier.high.High {}\n");

        assertEquals(List.of(), Rules.cycles(List.of(LOW, HIGH)));
        assertEquals(
                List.of(
                        "org.espalier.high uses org.espalier.low, which leads back to it",
                        "org.espalier.low uses org.espalier.high, which leads back to it"),
                Rules.cycles(List.of(LOW, HIGH, back)));
    }

    @Test
    void aPackageNeedsADescription() {
        SourceFile description = file("package-info", "low", "");

        assertEquals(List.of(), Rules.undescribedPackages(List.of(LOW, description)));
        assertEquals(
                List.of("package org.espalier.high has no package-info.java"),
                Rules.undescribedPackages(List.of(LOW, HIGH, description)));
    }

    @Test
    void publicCodeNeedsATestOrAnExemptionAndNoExemptionIsIdle() {
        SourceFile code = file("Code", "low", "public final class Code {\n    int one() { return 1; }\n}\n");
        SourceFile test = file("CodeTest", "low", "class CodeTest {}\n");
        SourceFile inner = file("Inner", "low", "class Inner {\n    int one() {\n        return 1;\n    }\n}\n");

        assertEquals(List.of(), Rules.untested(List.of(LOW, inner, code), List.of(test), Set.of()));
        assertEquals(List.of(), Rules.untested(List.of(code), List.of(), Set.of("org.espalier.low.Code")));
        assertEquals(List.of(), Rules.untested(List.of(code), List.of(), Set.of("org.espalier.low")));
        assertEquals(
                List.of("org.espalier.low.Code has no CodeTest"), Rules.untested(List.of(code), List.of(), Set.of()));
        assertEquals(1, Rules.untested(List.of(code), List.of(test), Set.of("org.espalier.low.Code")).size());
    }

    private static SourceFile file(String name, String packageName, String body) {
        return SourceFile.of(name, "package org.espalier." + packageName + ";\n\n" + body);
    }
}
