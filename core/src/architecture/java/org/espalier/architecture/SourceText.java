package org.espalier.architecture;

/** Tells Java code from comments and literals. */
final class SourceText {

    private SourceText() {}

    /**
     * Replaces comments and the contents of string, character and text-block literals by blanks. Quotes and line breaks
     * stay, so that offsets and line numbers do too.
     */
    static String blankCommentsAndLiterals(String source) {
        var out = new StringBuilder(source);
        int i = 0;
        while (i < source.length()) {
            int end;
            if (source.startsWith("//", i)) {
                end = blank(out, i, endOf(source, "\n", i, 0));
            } else if (source.startsWith("/*", i)) {
                end = blank(out, i, endOf(source, "*/", i + 2, 2));
            } else if (source.startsWith("\"\"\"", i)) {
                end = blank(out, i + 3, endOfLiteral(source, "\"\"\"", i + 3)) + 3;
            } else if (source.charAt(i) == '"' || source.charAt(i) == '\'') {
                end = blank(out, i + 1, endOfLiteral(source, source.substring(i, i + 1), i + 1)) + 1;
            } else {
                end = i + 1;
            }
            i = end;
        }
        return out.toString();
    }

    private static int endOf(String source, String mark, int from, int length) {
        int found = source.indexOf(mark, from);
        return found < 0 ? source.length() : found + length;
    }

    private static int endOfLiteral(String source, String mark, int from) {
        int i = from;
        while (i < source.length() && !source.startsWith(mark, i)) {
            i += source.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i, source.length());
    }

    private static int blank(StringBuilder text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '\n') {
                text.setCharAt(i, ' ');
            }
        }
        return to;
    }
}
