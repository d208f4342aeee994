package org.espalier.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One Java source file.
 *
 * @param name file name without {@code .java}
 * @param text the file as it stands
 * @param code the text with comments and the contents of literals blanked; line breaks stay where they are
 */
record SourceFile(String name, String text, String code) {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([\\w.]+(?:\\.\\*)?);");
    // A method or constructor body that is not empty, or a lambda.
    private static final Pattern BODY = Pattern.compile("\\)\\s*(?:throws [\\w., ]+)?\\{(?!\\s*})|->");
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("(?m)^public (?:[a-z-]+ )*(?:class|interface|record|enum) ");

    static SourceFile of(String name, String text) {
        return new SourceFile(name, text, SourceText.blankCommentsAndLiterals(text));
    }

    static SourceFile read(Path file) {
        try {
            return of(file.getFileName().toString().replaceFirst("\\.java$", ""), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The declared package; empty for a module declaration and for a compact source file. */
    String packageName() {
        var matcher = PACKAGE.matcher(code);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** Package and name joined. */
    String qualifiedName() {
        return packageName().isEmpty() ? name : packageName() + "." + name;
    }

    List<String> lines() {
        return text.lines().toList();
    }

    /** The names after {@code import}, with {@code static} left out. */
    List<String> imports() {
        return IMPORT.matcher(code).results().map(match -> match.group(1)).toList();
    }

    boolean isDescriptor() {
        return name.equals("package-info") || name.equals("module-info");
    }

    /** Whether other packages can see the type of this file. */
    boolean isPublic() {
        return PUBLIC_TYPE.matcher(code).find();
    }

    /** False for plain declarations (constants, interfaces and records without a body), which need no test. */
    boolean hasCode() {
        return !isDescriptor() && BODY.matcher(code).find();
    }
}
