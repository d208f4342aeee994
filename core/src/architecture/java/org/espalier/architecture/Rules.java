package org.espalier.architecture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules, each a function from sources to sentences about what breaks it; no sentence, no breach. */
final class Rules {

    static final int MAX_LINES = 400;
    static final int MAX_COLUMNS = 120;

    private static final Pattern MUTABLE_STATIC =
            Pattern.compile("^\\s*(?:(?:public|protected|private|volatile) )*static (?!final\\b)"
                    + "(?:volatile )?[\\w.]+(?:<[^()]*>)?(?:\\[])*\\s+\\w+\\s*(?:=.*|;)$");

    /** What library code must not say, and why. */
    private static final Map<Pattern, String> FORBIDDEN = new LinkedHashMap<>();

    static {
        forbid("\\bSystem\\.(?:out|err)\\b|\\bIO\\.print|\\.printStackTrace\\(", "the library prints nothing");
        forbid("\\bObjectInputStream\\b|\\bObjectOutputStream\\b", "nothing executes when a file is read");
        forbid("\\bMath\\.random\\b|\\bnew Random\\(|\\bThreadLocalRandom\\b", "numbers come from Rng and a seed");
        forbid("(?<!\\w)Math\\.(?:exp|expm1|log|log10|log1p|pow|sin|cos|tan|sinh|cosh|tanh|cbrt)\\(",
                "its last bit depends on the JVM: use StrictMath or the kernels");
        forbid("\\bcommonPool\\(|\\.parallelStream\\(|\\.parallel\\(\\)", "threads belong to Parallelism");
        forbid("\\bSystem\\.exit\\(|\\bRuntime\\.getRuntime\\(\\)\\.exit\\(", "the caller owns the JVM");
        forbid("\\bsun\\.misc\\b|\\bjdk\\.internal\\b|\\.setAccessible\\(", "no reflection tricks");
    }

    private Rules() {}

    private static void forbid(String regex, String reason) {
        FORBIDDEN.put(Pattern.compile(regex), reason);
    }

    /** Forbidden calls, and static fields that can change. */
    static List<String> forbiddenCode(SourceFile file) {
        List<String> breaches = new ArrayList<>();
        List<String> lines = file.codeLines();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String place = file.qualifiedName() + ":" + (i + 1) + " ";
            FORBIDDEN.forEach((pattern, reason) -> {
                var matcher = pattern.matcher(line);
                if (matcher.find()) {
                    breaches.add(place + "says " + matcher.group() + ", but " + reason);
                }
            });
            if (MUTABLE_STATIC.matcher(line).find()) {
                breaches.add(place + "has a static field that can change");
            }
        }
        return breaches;
    }

    /** The incubating API may be named in the package of the vector kernels only. */
    static List<String> incubatorOutsideItsPlace(SourceFile file) {
        boolean allowed = file.packageName().equals("org.espalier.kernel.vector") || file.name().equals("module-info");
        return !allowed && file.code().contains("jdk.incubator")
                ? List.of(file.qualifiedName() + " uses the incubating vector API; only kernel.vector may")
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

    /** A package may use those named before it; a package that is not named at all is a breach as well. */
    static List<String> direction(List<SourceFile> files, List<String> fromBottomUp) {
        return files.stream()
                .filter(file -> !file.packageName().isEmpty())
                .flatMap(file -> {
                    int own = fromBottomUp.indexOf(file.packageName());
                    if (own < 0) {
                        return Stream.of(file.qualifiedName() + ": say where its package stands among the layers");
                    }
                    return file.usedPackages().stream()
                            .filter(used -> fromBottomUp.indexOf(used) > own)
                            .map(used -> file.qualifiedName() + " uses " + used + ", a layer above its own");
                })
                .toList();
    }

    /** Packages that can reach themselves, with one step of the way. */
    static List<String> cycles(List<SourceFile> files) {
        Map<String, Set<String>> uses = new TreeMap<>();
        files.forEach(
                file -> uses.computeIfAbsent(file.packageName(), key -> new TreeSet<>()).addAll(file.usedPackages()));
        List<String> breaches = new ArrayList<>();
        uses.forEach((from, used) -> used.stream()
                .filter(to -> reaches(to, from, uses, new TreeSet<>()))
                .forEach(to -> breaches.add(from + " uses " + to + ", which leads back to it")));
        return breaches;
    }

    private static boolean reaches(String from, String goal, Map<String, Set<String>> uses, Set<String> seen) {
        return from.equals(goal) || seen.add(from)
                && uses.getOrDefault(from, Set.of()).stream().anyMatch(next -> reaches(next, goal, uses, seen));
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
