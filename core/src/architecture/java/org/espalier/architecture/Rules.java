package org.espalier.architecture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules, each a function from sources or classes to sentences about what breaks it; no sentence, no breach. */
final class Rules {

    static final int MAX_LINES = 400;
    static final int MAX_COLUMNS = 120;

    /** What library code must not use, classes and members, and why. */
    private static final Map<Pattern, String> FORBIDDEN = new LinkedHashMap<>();

    static {
        forbid("java\\.lang\\.System\\.(?:out|err)|java\\.lang\\.IO\\.print.*|.*\\.printStackTrace",
                "the library prints nothing");
        forbid("java\\.io\\.Object(?:In|Out)putStream", "nothing executes when a file is read");
        forbid("java\\.lang\\.Math\\.random|java\\.util\\.Random\\.<init>|.*\\.ThreadLocalRandom",
                "numbers come from Rng and a seed");
        forbid("java\\.lang\\.Math\\.(?:exp|expm1|log|log10|log1p|pow|sin|cos|tan|sinh|cosh|tanh|cbrt)",
                "its last bit depends on the JVM: use StrictMath or the kernels");
        forbid(".*\\.(?:commonPool|parallelStream)|java\\.util\\.stream\\.\\w+\\.parallel",
                "threads belong to Parallelism");
        forbid("java\\.lang\\.(?:System|Runtime)\\.exit", "the caller owns the JVM");
        forbid("sun\\.misc\\..*|jdk\\.internal\\..*|.*\\.setAccessible", "no reflection tricks");
    }

    private Rules() {}

    private static void forbid(String regex, String reason) {
        FORBIDDEN.put(Pattern.compile(regex), reason);
    }

    /** Forbidden classes and members, static fields that can change, public methods that return null. */
    static List<String> forbiddenCode(CompiledClass type) {
        List<String> breaches = new ArrayList<>();
        Stream.concat(type.types().stream(), type.members().stream())
                .forEach(used -> FORBIDDEN.forEach((pattern, reason) -> {
                    if (pattern.matcher(used).matches()) {
                        breaches.add(type.name() + " uses " + used + ", but " + reason);
                    }
                }));
        type.mutableStatics()
                .forEach(field -> breaches.add(type.name() + "." + field + " is a static field that can change"));
        type.nullReturns()
                .forEach(method -> breaches.add(type.name() + "." + method + " returns null: make it an Optional"));
        return breaches;
    }

    /** The incubating API may be used in the package of the vector kernels only. */
    static List<String> incubatorOutsideItsPlace(CompiledClass type) {
        boolean uses = type.usedPackages().stream().anyMatch(used -> used.startsWith("jdk.incubator."));
        return uses && !type.packageName().equals("org.espalier.kernel.vector")
                ? List.of(type.name() + " uses the incubating vector API; only kernel.vector may")
                : List.of();
    }

    /** Length, width, blanks and imports. */
    static List<String> style(SourceFile file) {
        List<String> breaches = new ArrayList<>();
        List<String> lines = file.lines();
        if (lines.size() > MAX_LINES) {
            breaches.add(file.qualifiedName() + " has " + lines.size() + " lines; " + MAX_LINES + " are the limit");
        }
        if (!file.text().endsWith("\n") || file.text().endsWith("\n\n")) {
            breaches.add(file.qualifiedName() + " must end with exactly one line break");
        }
        if (file.text().indexOf('\t') >= 0 || file.text().indexOf('\r') >= 0) {
            breaches.add(file.qualifiedName() + " contains a tab or a carriage return");
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.length() > MAX_COLUMNS) {
                breaches.add(file.qualifiedName() + ":" + (i + 1) + " is wider than " + MAX_COLUMNS + " columns");
            }
            if (!line.equals(line.stripTrailing())) {
                breaches.add(file.qualifiedName() + ":" + (i + 1) + " ends with blanks");
            }
        }
        breaches.addAll(unusedImports(file));
        return breaches;
    }

    private static List<String> unusedImports(SourceFile file) {
        // Javadoc may use an import too, so the whole text counts, without the import lines themselves.
        String rest = file.text().replaceAll("(?m)^import .*$", "");
        return file.imports().stream()
                .filter(imported -> !imported.endsWith("*"))
                .filter(imported -> {
                    String simple = imported.substring(imported.lastIndexOf('.') + 1);
                    return !Pattern.compile("\\b" + simple + "\\b").matcher(rest).find();
                })
                .map(imported -> file.qualifiedName() + " imports " + imported + " and does not use it")
                .toList();
    }

    /**
     * A package may use those named before it, so packages form no cycle; a package that is not named at all is a
     * breach as well.
     */
    static List<String> direction(List<CompiledClass> classes, List<String> fromBottomUp) {
        return classes.stream()
                .flatMap(type -> {
                    int own = fromBottomUp.indexOf(type.packageName());
                    if (own < 0) {
                        return Stream.of(type.name() + ": say where its package stands among the layers");
                    }
                    return type.usedPackages().stream()
                            .filter(used -> fromBottomUp.indexOf(used) > own)
                            .map(used -> type.name() + " uses " + used + ", a layer above its own");
                })
                .toList();
    }

    /** Packages without a {@code package-info}. */
    static List<String> undescribedPackages(List<SourceFile> files) {
        Set<String> missing = new TreeSet<>();
        files.stream().map(SourceFile::packageName).filter(name -> !name.isEmpty()).forEach(missing::add);
        files.stream()
                .filter(file -> file.name().equals("package-info"))
                .map(SourceFile::packageName)
                .forEach(missing::remove);
        return missing.stream().map(name -> "package " + name + " has no package-info.java").toList();
    }

    /**
     * Files of these that have the simple name of another one of the project: whoever looks for a type by its name, in
     * an editor or a message, finds one. Benchmarks and examples are programs that never meet.
     */
    static List<String> repeatedNames(List<SourceFile> files, List<SourceFile> project) {
        return files.stream()
                .filter(file -> !file.isDescriptor())
                .flatMap(file -> project.stream()
                        .filter(other -> other.name().equals(file.name()))
                        .filter(other -> !other.qualifiedName().equals(file.qualifiedName()))
                        .filter(other -> !isProgram(other) || !isProgram(file) || sharesModule(other, file))
                        .map(other -> file.qualifiedName() + " has the simple name of " + other.qualifiedName()))
                .toList();
    }

    private static boolean isProgram(SourceFile file) {
        return file.qualifiedName().matches("org\\.espalier\\.(bench|examples)\\..*");
    }

    private static boolean sharesModule(SourceFile one, SourceFile other) {
        return one.qualifiedName().split("\\.")[2].equals(other.qualifiedName().split("\\.")[2]);
    }

    /**
     * Public types with code and no test of their name. What a package keeps to itself is tested through these, or
     * has a test of its own where that says more.
     *
     * @param exempt qualified class names, or packages, that are tested elsewhere; one that excuses nothing is a breach
     */
    static List<String> untested(List<SourceFile> main, List<SourceFile> test, Set<String> exempt) {
        Set<String> tests = new TreeSet<>();
        test.forEach(file -> tests.add(file.qualifiedName()));
        Set<String> idle = new TreeSet<>(exempt);
        List<String> breaches = new ArrayList<>();
        for (SourceFile file : main) {
            boolean needsTest = file.isPublic() && file.hasCode() && !file.name().endsWith("Exception");
            if (!needsTest || tests.contains(file.qualifiedName() + "Test")) {
                continue;
            }
            if (exempt.contains(file.qualifiedName()) || exempt.contains(file.packageName())) {
                idle.remove(file.qualifiedName());
                idle.remove(file.packageName());
            } else {
                breaches.add(file.qualifiedName() + " has no " + file.name() + "Test");
            }
        }
        idle.forEach(name -> breaches.add("the exemption of " + name + " excuses nothing: remove it"));
        return breaches;
    }
}
