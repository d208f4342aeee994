package org.espalier.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The rules about sources, each a function from files to sentences about what breaks it; no sentence, no breach. */
final class SourceRules {

    static final int MAX_LINES = 400;
    static final int MAX_COLUMNS = 120;

    private SourceRules() {}

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
        return file.qualifiedName().matches("org\\.espalier\\.(bench|examples|spark)\\..*");
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
