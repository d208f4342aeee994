package org.espalier.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassRulesTest {
    @TempDir
    private Path directory;

    /** What breaks a rule among the classes compiled so far. */
    private List<String> breaches(ArchRule rule) {
        return rule.evaluate(ClassRules.read(directory)).getFailureReport().getDetails();
    }

    private List<String> unfitForALibrary() {
        return ClassRules.library().stream().flatMap(rule -> breaches(rule).stream()).toList();
    }

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
        Compiled.into(directory, "low", "class A { " + member + " }");

        var breaches = unfitForALibrary();

        assertFalse(breaches.isEmpty());
        breaches.forEach(breach -> assertTrue(breach.contains("org.espalier.low.A"), breach));
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
        Compiled.into(directory, "low", "class A { " + member + " }");

        assertEquals(List.of(), unfitForALibrary());
    }

    @Test
    void theIncubatorBelongsToVectorKernels() {
        String body = "class VectorGemm { Object m() { return jdk.incubator.vector.FloatVector.SPECIES_128; } }";

        Compiled.into(directory, "kernel.vector", body);
        assertEquals(List.of(), breaches(ClassRules.incubator("")));
        Compiled.into(directory, "kernel", body);
        assertFalse(breaches(ClassRules.incubator("")).isEmpty());
        assertEquals(List.of(), breaches(ClassRules.incubator("org.espalier.kernel.VectorGemm")));
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
        Compiled.into(directory, "low", """
                public class Low {
                    public @interface Mark {}
                    public static Low one() { return new Low(); }
                    public Low of() { return this; }
                }""");
        Compiled.into(directory, "high", high);

        assertEquals(List.of(), layers("low", "high"));
        var upsideDown = layers("high", "low");
        assertFalse(upsideDown.isEmpty());
        upsideDown.forEach(breach -> assertTrue(breach.contains("org.espalier.high.High"), breach));
        assertTrue(layers("low").stream().anyMatch(breach -> breach.contains("org.espalier.high.High")));
    }

    private List<String> layers(String... fromBottomUp) {
        return breaches(ClassRules.layers(Arrays.stream(fromBottomUp).map("org.espalier."::concat).toList()));
    }
}
