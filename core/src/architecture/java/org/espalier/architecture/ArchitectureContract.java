package org.espalier.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks the sources of the module whose tests run. A module extends this class with its packages from the bottom up.
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

    /** Classes outside the kernels that may use the incubating API all the same. */
    boolean mayUseIncubator(SourceFile file) {
        return false;
    }

    @Test
    void packagesUseOnlyTheLayersBelowThem() {
        assertNone(Rules.direction(classes(), packagesFromBottomUp()));
    }

    @Test
    void packagesFormNoCycle() {
        assertNone(Rules.cycles(classes()));
    }

    @Test
    void theIncubatingApiStaysInVectorKernels() {
        var strangers = classes().stream().filter(file -> !mayUseIncubator(file)).toList();
        assertNone(each(strangers, Rules::incubatorOutsideItsPlace));
    }

    @Test
    void theLibraryPrintsNothingAndHoldsNoGlobalState() {
        assumeFalse(!isLibrary(), "not a library");
        assertNone(each(classes(), Rules::forbiddenCode));
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        assertNone(Rules.undescribedPackages(classes()));
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

    private static List<String> each(List<SourceFile> files, Function<SourceFile, List<String>> rule) {
        return files.stream().flatMap(file -> rule.apply(file).stream()).toList();
    }

    private static void assertNone(List<String> breaches) {
        assertEquals("", String.join("\n", breaches));
    }

    private static List<SourceFile> read(String sourceSet) {
        Path root = SOURCES.resolve(sourceSet);
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
