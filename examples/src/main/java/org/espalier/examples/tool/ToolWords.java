package org.espalier.examples.tool;

import java.util.List;
import java.util.regex.Pattern;

/** Says with options of the tool what messages of the library say with methods. */
final class ToolWords {
    private record Word(Pattern method, String option) {
        Word(String method, String option) {
            this(Pattern.compile(method), option);
        }
    }

    private static final List<Word> WORDS = List.of(
            new Word("name the word in withMissing\\(\\.\\.\\.\\)", "name the word by --missing"),
            new Word("use withMissing\\(\\)", "leave the field empty"),
            new Word("in withCategories\\(\\.\\.\\.\\) or without\\(\\.\\.\\.\\)", "by --categories or --drop"),
            new Word("withCategories\\((\"[^\"]*\")\\)", "--categories $1"),
            new Word("with without\\((\"[^\"]*\")\\)", "by --drop $1"),
            new Word("with without\\(\\.\\.\\.\\)", "by --drop"),
            new Word("; withNonFinite\\(\\) reads it", "; leave such rows out, or the field empty"),
            new Word("use withDecimalComma\\(\\)", "use --decimal-comma"),
            new Word("withSeparator\\('\\\\t'\\)", "--separator tab"),
            new Word("withSeparator\\('(.)'\\)", "--separator '$1'"),
            new Word("; other files are read with withCharset\\(\\.\\.\\.\\)", ": save the file as UTF-8"));

    private ToolWords() {}

    /** A message with the options that do what the methods in it do. */
    static String of(String message) {
        var text = message;
        for (var word : WORDS) {
            text = word.method.matcher(text).replaceAll(word.option);
        }
        return text;
    }
}
