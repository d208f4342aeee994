package org.espalier.kernelgen;

/** Java source text as it is written, indented by braces and broken at 120 columns. */
final class Code {
    private static final int WIDTH = 120;
    private static final String INDENT = "    ";

    private final StringBuilder text = new StringBuilder();
    private int depth;

    /** A line; a block opens where it ends with a brace and closes where it begins with one. */
    Code line(String format, Object... arguments) {
        String line = arguments.length == 0 ? format : String.format(format, arguments);
        if (line.startsWith("}")) {
            depth--;
        }
        String indented = line.isEmpty() ? "" : INDENT.repeat(depth) + line;
        while (indented.length() > WIDTH) {
            int at = indented.lastIndexOf(' ', WIDTH);
            text.append(indented, 0, at).append('\n');
            indented = INDENT.repeat(depth + 2) + indented.substring(at + 1);
        }
        text.append(indented).append('\n');
        if (line.endsWith("{")) {
            depth++;
        }
        return this;
    }

    /** Lines as they are. */
    Code lines(String block) {
        block.strip().lines().forEach(line -> line(line));
        return this;
    }

    /** What stands behind an index for the i-th step from there: nothing, {@code + step} or {@code + i * step}. */
    static String plus(int i, String step) {
        return i == 0 ? "" : i == 1 ? " + " + step : " + " + i + " * " + step;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** The opening of a generated class. */
    static Code file(String imports, String comment, String declaration) {
        var code = new Code();
        code.line("package org.espalier.kernel.vector;").line("");
        code.lines(imports).line("").lines(comment);
        return code.line(declaration + " {");
    }
}
