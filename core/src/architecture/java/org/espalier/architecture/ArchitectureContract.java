package org.espalier.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

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
    private final List<CompiledClass> compiled = compiled(main);
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

    /** Classes outside the kernels that may use the incubating API all the same. */
    boolean mayUseIncubator(CompiledClass type) {
        return false;
    }

    @Test
    void packagesUseOnlyTheLayersBelowThem() {
        assertNone(Rules.direction(compiled, packagesFromBottomUp()));
    }

    @Test
    void theIncubatingApiStaysInVectorKernels() {
        var strangers = compiled.stream().filter(type -> !mayUseIncubator(type)).toList();
        assertNone(each(strangers, Rules::incubatorOutsideItsPlace));
    }

    @Test
    void theLibraryPrintsNothingAndHoldsNoGlobalState() {
        assumeFalse(!isLibrary(), "not a library");
        assertNone(each(compiled, Rules::forbiddenCode));
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        assertNone(Rules.undescribedPackages(classes()));
    }

    @Test
    void noTwoTypesOfTheProjectHaveTheSameSimpleName() {
        assertNone(Rules.repeatedNames(main, project()));
    }

    @Test
    void everyPublicTypeWithCodeHasATestOfItsName() {
        assertNone(Rules.untested(classes(), test, testedElsewhere()));
    }

    @Test
    void filesAreShortAndClean() {
        assertNone(each(Stream.concat(classes().stream(), test.stream()).toList(), Rules::style));
    }

    private List<SourceFile> classes() {
        assumeFalse(main.stream().allMatch(SourceFile::isDescriptor), "no classes yet");
        return main;
    }

    private static <T> List<String> each(List<T> all, Function<T, List<String>> rule) {
        return all.stream().flatMap(one -> rule.apply(one).stream()).toList();
    }

    /** The class files of these sources, found beside that of the first. */
    private static List<CompiledClass> compiled(List<SourceFile> sources) {
        var names = sources.stream()
                .filter(file -> !file.isDescriptor())
                .map(SourceFile::qualifiedName)
                .collect(Collectors.toSet());
        if (names.isEmpty()) {
            return List.of();
        }
        try {
            var loader = ArchitectureContract.class.getClassLoader();
            var any = Class.forName(names.iterator().next(), false, loader);
            var root = Path.of(any.getProtectionDomain().getCodeSource().getLocation().toURI());
            return CompiledClass.readAll(root).stream().filter(type -> names.contains(type.topLevel())).toList();
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
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
