package org.espalier.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks the sources and class files of the module whose tests run. A module extends this class with its packages from
 * the bottom up.
 */
abstract class ArchitectureContract {

    private static final Path SOURCES = Path.of(System.getProperty("basedir", ""), "src").toAbsolutePath();

    private final List<SourceFile> main = read("main");
    private final List<SourceFile> test =
            Stream.of("test", "architecture").flatMap(set -> read(set).stream()).toList();

    /** The module's packages; each may use those before it. */
    abstract List<String> packagesFromBottomUp();

    /** Classes or whole packages whose tests stand elsewhere (say where, in a comment). */
    Set<String> testedElsewhere() {
        return Set.of();
    }

    /** True for library code, which prints nothing and holds no global state. */
    boolean isLibrary() {
        return true;
    }

    /** The class outside the kernels that may use the incubating API all the same; empty for none. */
    String usesIncubator() {
        return "";
    }

    @Test
    void packagesUseOnlyTheLayersBelowThem() {
        ClassRules.layers(packagesFromBottomUp()).check(compiled());
    }

    @Test
    void theIncubatingApiStaysInVectorKernels() {
        ClassRules.incubator(usesIncubator()).check(compiled());
    }

    @Test
    void theLibraryPrintsNothingAndHoldsNoGlobalState() {
        assumeFalse(!isLibrary(), "not a library");
        var classes = compiled();
        ClassRules.library().forEach(rule -> rule.check(classes));
    }

    @Test
    void publicMethodsOfTheLibraryDoNotReturnNull() {
        assumeFalse(!isLibrary(), "not a library");
        assertNone(compiled().stream()
                .flatMap(type -> NullReturns.in(Path.of(type.getSource().orElseThrow().getUri())).stream())
                .toList());
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        assertNone(SourceRules.undescribedPackages(classes()));
    }

    @Test
    void noTwoTypesOfTheProjectHaveTheSameSimpleName() {
        assertNone(SourceRules.repeatedNames(main, project()));
    }

    @Test
    void everyPublicTypeWithCodeHasATestOfItsName() {
        assertNone(SourceRules.untested(classes(), test, testedElsewhere()));
    }

    @Test
    void filesAreShortAndClean() {
        assertNone(each(Stream.concat(classes().stream(), test.stream()).toList(), SourceRules::style));
    }

    private List<SourceFile> classes() {
        assumeFalse(main.stream().allMatch(SourceFile::isDescriptor), "no classes yet");
        return main;
    }

    private static <T> List<String> each(List<T> all, Function<T, List<String>> rule) {
        return all.stream().flatMap(one -> rule.apply(one).stream()).toList();
    }

    /** The classes of the sources of this module: beside their class files, what a profile adds may lie. */
    private JavaClasses compiled() {
        var names = classes().stream().map(SourceFile::qualifiedName).collect(Collectors.toSet());
        try {
            var some = main.stream().filter(file -> !file.isDescriptor()).findFirst().orElseThrow();
            var any = Class.forName(some.qualifiedName(), false, ArchitectureContract.class.getClassLoader());
            var root = Path.of(any.getProtectionDomain().getCodeSource().getLocation().toURI());
            return ClassRules.read(root).that(describe("are of this module", type -> names.contains(topLevel(type))));
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String topLevel(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureContract::topLevel).orElse(type.getName());
    }

    private static void assertNone(List<String> breaches) {
        assertEquals("", String.join("\n", breaches));
    }

    /** The main code of all modules of the checkout, whose folders lie beside that of this one. */
    private static List<SourceFile> project() {
        Path root = SOURCES.getParent();
        while (root.getParent() != null && Files.exists(root.resolveSibling("pom.xml"))) {
            root = root.getParent();
        }
        try (Stream<Path> folders = Files.find(root, 3, (path, attributes) -> path.endsWith("src"))) {
            return folders.flatMap(folder -> read(folder.resolve("main")).stream()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<SourceFile> read(String sourceSet) {
        return read(SOURCES.resolve(sourceSet));
    }

    private static List<SourceFile> read(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> path.toString().endsWith(".java")).sorted().map(SourceFile::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
