package org.espalier.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

    private static final SourceFile LOW = file("Low", "low", "class Low {}\n");
    private static final SourceFile HIGH = file("High", "high", "class High {}\n");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void m() { System.out.println(1); }",
                "void m() { System.err.print(1); }",
                "void m() { IO.println(1); }",
                "Runnable m(RuntimeException e) { return e::printStackTrace; }",
                "Object m(java.io.InputStream in) throws Exception { return new java.io.ObjectInputStream(in); }",
                "double m() { return Math.random(); }",
                "Object m() { return new java.util.Random(7); }",
                "int m() { return java.util.concurrent.ThreadLocalRandom.current().nextInt(); }",
                "double m(double x) { return Math.exp(x); }",
                "java.util.function.DoubleUnaryOperator m() { return Math::tanh; }",
                "Object m(java.util.List<Object> list) { return list.parallelStream(); }",
                "Object m(java.util.stream.Stream<Object> stream) { return stream.parallel(); }",
                "Object m() { return java.util.concurrent.ForkJoinPool.commonPool(); }",
                "void m() { System.exit(1); }",
                "void m() { Runtime.getRuntime().exit(1); }",
                "void m(java.lang.reflect.Field field) { field.setAccessible(true); }",
                "private static int count;",
                "static volatile java.util.List<java.util.Map<String, int[]>> cache;"
            })
    void forbiddenCodeIsReportedWithItsClass(String member) {
        List<String> breaches = compiled("class A { " + member + " }").stream()
                .flatMap(type -> Rules.forbiddenCode(type).stream())
                .toList();

        assertFalse(breaches.isEmpty());
        breaches.forEach(breach -> assertTrue(breach.matches("org\\.espalier\\.low\\.A[ .].*"), breach));
    }

    @Test
    void aSimpleNameThatAnotherPackageHasIsReported() {
        var twin = file("Low", "high", "class Low {}\n");
        var described = file("package-info", "low", "");

        assertEquals(List.of(), Rules.repeatedNames(List.of(LOW, HIGH), List.of(LOW, HIGH)));
        assertEquals(List.of(), Rules.repeatedNames(List.of(described), List.of(file("package-info", "high", ""))));
        assertEquals(List.of(LOW.qualifiedName() + " has the simple name of " + twin.qualifiedName()),
                Rules.repeatedNames(List.of(LOW, HIGH), List.of(LOW, HIGH, twin)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "double m(double x) { return StrictMath.exp(Math.sqrt(x)); }",
                "// System.out.println(1);\n",
                "String s = \"System.out, java.lang.System.out\";",
                "private static final int LIMIT = 3;",
                "static int size(int a) { return a; }",
                "Object m() { return new java.util.SplittableRandom(7); }",
                "enum E { ONE { int size() { return 1; } }; int size() { return 0; } }",
                "int m(java.math.RoundingMode e) { return switch (e) { case UP -> 1; default -> 0; }; }",
            })
    void innocentCodeIsNotReported(String member) {
        compiled("class A { " + member + " }").forEach(type -> assertEquals(List.of(), Rules.forbiddenCode(type)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public Object m() { return null; }",
                "public static String m(int n) { return n > 0 ? null : \"a\"; }",
                "public String m(int n) { return n > 0 ? \"a\" : null; }",
                "public Object m(int n) { return switch (n) { case 1 -> null; default -> this; }; }"
            })
    void publicMethodsDoNotReturnNull(String method) {
        assertEquals(
                List.of("org.espalier.low.A.m returns null: make it an Optional"),
                Rules.forbiddenCode(compiled("public class A { " + method + " }").getFirst()));

        assertEquals(List.of(), Rules.forbiddenCode(compiled("class B { " + method + " }").getLast()));
        String hidden = method.replace("public ", "");
        assertEquals(List.of(), Rules.forbiddenCode(compiled("public class C { " + hidden + " }").getLast()));
    }

    @Test
    void theIncubatorBelongsToVectorKernels() {
        String body = "class VectorGemm { Object m() { return jdk.incubator.vector.FloatVector.SPECIES_128; } }";

        assertEquals(List.of(), Rules.incubatorOutsideItsPlace(compiled("kernel.vector", body).getFirst()));
        assertEquals(1, Rules.incubatorOutsideItsPlace(compiled("kernel", body).getFirst()).size());
        assertEquals(1, Rules.incubatorOutsideItsPlace(compiled("tensor", body).getFirst()).size());
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

    /** Whatever names the other package: a superclass, a signature, a value that is only passed on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "class High extends org.espalier.low.Low {}",
                "class High { java.util.List<org.espalier.low.Low> all; }",
                "class High { Object m() { return org.espalier.low.Low.one().of().hashCode(); } }",
                "@org.espalier.low.Low.Mark class High {}",
                "class High { org.espalier.low.Low[] all; }"
            })
    void aPackageMayUseOnlyThoseBelowIt(String high) {
        var files = new ArrayList<>(compiled("low", """
                public class Low {
                    public @interface Mark {}
                    public static Low one() { return new Low(); }
                    public Low of() { return this; }
                }"""));
        files.addAll(compiled("high", high));

        assertEquals(List.of(), Rules.direction(files, List.of("org.espalier.low", "org.espalier.high")));
        assertEquals(
                List.of("org.espalier.high.High uses org.espalier.low, a layer above its own"),
                Rules.direction(files, List.of("org.espalier.high", "org.espalier.low")));
        assertEquals(
                List.of("org.espalier.high.High: say where its package stands among the layers"),
                Rules.direction(files, List.of("org.espalier.low")));
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

    private List<CompiledClass> compiled(String source) {
        return compiled("low", source);
    }

    /** What javac makes of a source of this package, which may use those compiled before. */
    private List<CompiledClass> compiled(String packageName, String source) {
        try {
            var file = directory.resolve(source.replaceAll("(?s).*?class (\\w+).*", "$1.java"));
            Files.writeString(file, "package org.espalier." + packageName + ";\n" + source);
            var output = new StringWriter();
            var printer = new PrintWriter(output);
            int code = ToolProvider.findFirst("javac").orElseThrow().run(
                    printer, printer, "-proc:none", "-nowarn", "--add-modules", "jdk.incubator.vector",
                    "-d", directory.toString(), "-cp", directory.toString(), file.toString());
            assertEquals(0, code, output::toString);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return CompiledClass.readAll(directory.resolve("org/espalier/" + packageName.replace('.', '/')));
    }
}
