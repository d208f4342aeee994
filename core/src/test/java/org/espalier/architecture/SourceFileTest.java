package org.espalier.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourceFileTest {

    private static final SourceFile FILE = SourceFile.of("A", """
            package org.espalier.io;

            import static org.espalier.kernel.Kernels.pick;

            import java.util.List;

            /** Not org.espalier.sparse, which only this comment names. */
            class A {
                List<org.espalier.tensor.op.Sum> sums = pick();
            }
            """);

    @Test
    void packageAndImportsAreRead() {
        assertEquals("org.espalier.io.A", FILE.qualifiedName());
        assertEquals(List.of("org.espalier.kernel.Kernels.pick", "java.util.List"), FILE.imports());
    }

    @Test
    void aTypeIsPublicWhateverElseItIs() {
        assertTrue(SourceFile.of("P", "/** Doc. */\npublic non-sealed abstract class P {}").isPublic());
        assertTrue(SourceFile.of("R", "public record R(int x) {}").isPublic());
        assertFalse(SourceFile.of("Q", "class Q {\n    public static class R {}\n}").isPublic());
    }

    @Test
    void aDeclarationIsNotCode() {
        assertFalse(FILE.hasCode());
        assertFalse(SourceFile.of("P", "record P(int x, int y) {}").hasCode());
        assertFalse(SourceFile.of("C", "class C { static final int N = 1; private C() {} }").hasCode());
        assertTrue(SourceFile.of("D", "class D { int one() { return 1; } }").hasCode());
        assertTrue(SourceFile.of("E", "interface E { Runnable NOTHING = () -> {}; }").hasCode());
    }
}
