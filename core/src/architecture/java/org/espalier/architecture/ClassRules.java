package org.espalier.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.AndFullName.Predicates.fullNameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rules about compiled classes, stated with ArchUnit. */
final class ClassRules {

    /** Methods and fields that library code must not use, as ArchUnit names them, and why. */
    private static final Map<String, String> MEMBERS = Map.of(
            "java\\.lang\\.System\\.(out|err)|java\\.lang\\.IO\\.print.*|.*\\.printStackTrace\\(.*",
            "the library prints nothing",
            "java\\.util\\.Random\\.<init>\\(.*|java\\.lang\\.Math\\.random\\(.*",
            "numbers come from Rng and a seed",
            "java\\.lang\\.Math\\.(exp|expm1|log|log10|log1p|pow|sin|cos|tan|sinh|cosh|tanh|cbrt)\\(.*",
            "its last bit depends on the JVM: use StrictMath or the kernels",
            ".*\\.(commonPool|parallelStream)\\(.*|java\\.util\\.stream\\.\\w+\\.parallel\\(.*",
            "threads belong to Parallelism",
            "java\\.lang\\.(System|Runtime)\\.exit\\(.*",
            "the caller owns the JVM",
            ".*\\.setAccessible\\(.*",
            "reflection tricks break with the next JDK");

    /** Classes that library code must not use, and why. */
    private static final Map<String, String> CLASSES = Map.of(
            "java\\.io\\.Object(In|Out)putStream",
            "nothing executes when a file is read",
            ".*\\.ThreadLocalRandom",
            "numbers come from Rng and a seed",
            "(sun\\.misc|jdk\\.internal)\\..*",
            "internals of the JDK change without notice");

    private ClassRules() {}

    /** The classes below a directory. What they use is known by name; its own class files are not opened. */
    static JavaClasses read(Path directory) {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter().importPath(directory);
    }

    /** A package uses only those named before it, so packages form no cycle, and every package is named. */
    static ArchRule layers(List<String> fromBottomUp) {
        var rule = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .ensureAllClassesAreContainedInArchitecture();
        for (String name : fromBottomUp) {
            rule = rule.layer(name).definedBy(name);
        }
        for (int i = 0; i < fromBottomUp.size(); i++) {
            var layer = rule.whereLayer(fromBottomUp.get(i));
            var above = fromBottomUp.subList(i + 1, fromBottomUp.size());
            rule = above.isEmpty()
                    ? layer.mayNotBeAccessedByAnyLayer()
                    : layer.mayOnlyBeAccessedByLayers(above.toArray(String[]::new));
        }
        return rule;
    }

    /** What library code does without: see the reasons. */
    static List<ArchRule> library() {
        var rules = new ArrayList<ArchRule>();
        MEMBERS.forEach((name, reason) -> rules.add(noClasses()
                .should()
                .accessTargetWhere(target(fullNameMatching(name)))
                .because(reason)
                .allowEmptyShould(true)));
        CLASSES.forEach((name, reason) -> rules.add(noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching(name)
                .because(reason)
                .allowEmptyShould(true)));
        rules.add(fields().that()
                .areStatic()
                .should()
                .beFinal()
                .because("the library holds no global state")
                .allowEmptyShould(true));
        return rules;
    }

    /** The incubating API stays in the package of the vector kernels, and in one more class perhaps. */
    static ArchRule incubator(String exception) {
        return noClasses()
                .that()
                .resideOutsideOfPackage("org.espalier.kernel.vector")
                .and()
                .doNotHaveFullyQualifiedName(exception)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator..")
                .because("an incubating API may change with each JDK")
                .allowEmptyShould(true);
    }
}
