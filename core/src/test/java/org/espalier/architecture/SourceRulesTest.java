package org.espalier.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceRulesTest {

    private static final SourceFile LOW = file("Low", "low", "class Low {}\n");
    private static final SourceFile HIGH = file("High", "high", "class High {}\n");

    @Test
    void aSimpleNameThatAnotherPackageHasIsReported() {
        var twin = file("Low", "high", "class Low {}\n");
        var described = file("package-info", "low", "");

        assertEquals(List.of(), SourceRules.repeatedNames(List.of(LOW, HIGH), List.of(LOW, HIGH)));
        assertEquals(List.of(),
                SourceRules.repeatedNames(List.of(described), List.of(file("package-info", "high", ""))));
        assertEquals(List.of(LOW.qualifiedName() + " has the simple name of " + twin.qualifiedName()),
                SourceRules.repeatedNames(List.of(LOW, HIGH), List.of(LOW, HIGH, twin)));
    }

    @Test
    void styleSeesLengthWidthBlanksEndsAndUnusedImports() {
        assertEquals(List.of(), SourceRules.style(LOW));
        assertEquals(1, SourceRules.style(file("A", "low", "//\n".repeat(399))).size());
        assertEquals(1, SourceRules.style(file("A", "low", "// " + "x".repeat(118) + "\n")).size());
        assertEquals(0, SourceRules.style(file("A", "low", "// " + "x".repeat(117) + "\n")).size());
        assertEquals(1, SourceRules.style(file("A", "low", "class A { \n}\n")).size());
        assertEquals(1, SourceRules.style(file("A", "low", "class A {}")).size());
        assertEquals(1, SourceRules.style(file("A", "low", "class\tA {}\n")).size());
        assertEquals(1, SourceRules.style(file("A", "low", "import java.util.List;\n\nclass A {}\n")).size());
        String linked = "import java.util.Set;\n\n/** {@link Set} */\nclass A {}\n";
        assertEquals(List.of(), SourceRules.style(file("A", "low", linked)));
    }

    @Test
    void aPackageNeedsADescription() {
        SourceFile description = file("package-info", "low", "");

        assertEquals(List.of(), SourceRules.undescribedPackages(List.of(LOW, description)));
        assertEquals(
                List.of("package org.espalier.high has no package-info.java"),
                SourceRules.undescribedPackages(List.of(LOW, HIGH, description)));
    }

    @Test
    void publicCodeNeedsATestOrAnExemptionAndNoExemptionIsIdle() {
        SourceFile code = file("Code", "low", "public final class Code {\n    int one() { return 1; }\n}\n");
        SourceFile test = file("CodeTest", "low", "class CodeTest {}\n");
        SourceFile inner = file("Inner", "low", "class Inner {\n    int one() {\n        return 1;\n    }\n}\n");

        assertEquals(List.of(), SourceRules.untested(List.of(LOW, inner, code), List.of(test), Set.of()));
        assertEquals(List.of(), SourceRules.untested(List.of(code), List.of(), Set.of("org.espalier.low.Code")));
        assertEquals(List.of(), SourceRules.untested(List.of(code), List.of(), Set.of("org.espalier.low")));
        assertEquals(
                List.of("org.espalier.low.Code has no CodeTest"),
                SourceRules.untested(List.of(code), List.of(), Set.of()));
        assertEquals(1, SourceRules.untested(List.of(code), List.of(test), Set.of("org.espalier.low.Code")).size());
    }

    private static SourceFile file(String name, String packageName, String body) {
        return SourceFile.of(name, "package org.espalier." + packageName + ";\n\n" + body);
    }
}
