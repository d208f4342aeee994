package org.espalier.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NullReturnsTest {
    @TempDir
    private Path directory;

    private List<String> found(String source) {
        return NullReturns.in(Compiled.into(directory, "low", source));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public Object m() { return null; }",
                "public static String m(int n) { return n > 0 ? null : \"a\"; }",
                "public String m(int n) { return n > 0 ? \"a\" : null; }",
                "public Object m(int n) { return switch (n) { case 1 -> null; default -> this; }; }"
            })
    void publicMethodsOfPublicClassesAreNamed(String method) {
        assertEquals(
                List.of("org.espalier.low.A.m returns null: make it an Optional"),
                found("public class A { " + method + " }"));

        assertEquals(List.of(), found("class B { " + method + " }"));
        assertEquals(List.of(), found("public class C { " + method.replace("public ", "") + " }"));
    }
}
