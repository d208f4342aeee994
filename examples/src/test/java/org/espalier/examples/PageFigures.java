package org.espalier.examples;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The figures of a page, block by block: a paragraph, a list, a table or a fenced block. A comment above a block says
 * where its figures come from:
 *
 * <ul>
 * <li>{@code <!-- figures: FILE#WORDS; FILE -->}: each is in one of these files, in a line with the words if there are
 * any, rounded as the page likes; {@code #(row)} asks for a line of a table with the same first cell;
 * <li>{@code <!-- tested: TEST.java -->}: that test reads the page and compares the block;
 * <li>{@code <!-- measured -->}: its section names the machine and the command, or says that the code was not kept;
 * <li>{@code <!-- defined: why -->}: no result, but an example, an argument or the name of something.
 * </ul>
 */
final class PageFigures {
    private static final Pattern MARKER =
            Pattern.compile("<!-- (figures|tested|measured|defined)(?:: (.*))? -->");
    private static final String NUMBER = "\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?(?:[eE]-?\\d+)?";
    private static final String UNIT = "%|×(?!\\s?\\d)|µs\\b|ms\\b|s\\b|seconds\\b|minutes\\b|[kKM]i?B\\b|bytes\\b"
            + "|points\\b|times\\b";
    private static final Pattern FIGURE = Pattern.compile(
            "(?<![\\w.§/,-])(" + NUMBER + ")(?![\\w]|\\.\\d|,\\d)(?:\\s?(" + UNIT + "))?");
    /** Versions of programs and licences, and sizes such as 28 × 28. */
    private static final Pattern NO_FIGURE = Pattern.compile(
            "(?i)(?:\\b(?:java|jdk|maven|scikit-learn|libtorch|by-sa|onnx|zen|version|temurin|pytorch|cc by|numpy|epyc)"
                    + "\\s?-?)\\d[\\d.]*|\\d+(?: × \\d[\\d,]*)+|\\[\\d+, \\d+[\\])]");
    private static final Pattern SOURCE_NUMBER =
            Pattern.compile("(?<![\\w.])\\.?\\d[\\d_]*(?:,\\d{3})*(?:\\.\\d+)?(?:[eE]-?\\d+)?");
    private static final Pattern MACHINE =
            Pattern.compile("EPYC|Zen \\d|Xeon|Ryzen|Apple M\\d|machine of the results");
    private static final Pattern COMMAND =
            Pattern.compile("(?m)`(?:mvn|java|examples/bin|full|quick)\\b|^(?:mvn|java|examples/bin)");

    /** Consecutive lines with the marker above them and the text of the section they are in. */
    private record Block(int line, String kind, String where, String text, boolean fenced, String section) {}

    /** A number of a page, with its unit or an empty text. */
    private record Figure(String digits, String unit) {
        BigDecimal value() {
            return new BigDecimal(digits.replace(",", ""));
        }

        /** Whether a number of a source, rounded to as many digits, is this one. */
        boolean is(BigDecimal number) {
            var powers = switch (unit) {
                case "%" -> new int[] {0, 2};
                case "points" -> new int[] {0, 2};
                case "kB", "ms" -> new int[] {0, -3};
                case "MB" -> new int[] {0, -3, -6};
                default -> new int[] {0};
            };
            int scale = value().scale();
            for (int power : powers) {
                var shifted = number.scaleByPowerOfTen(power).abs();
                if (shifted.compareTo(value()) == 0
                        || shifted.setScale(scale, RoundingMode.HALF_UP).compareTo(value()) == 0
                        || shifted.setScale(scale, RoundingMode.HALF_EVEN).compareTo(value()) == 0) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return unit.isEmpty() ? digits : digits + " " + unit;
        }
    }

    private final Path root;

    PageFigures(Path root) {
        this.root = root;
    }

    /** What is wrong with the figures of a page, each with its line; empty if nothing is. */
    List<String> problems(String page) throws IOException {
        var problems = new ArrayList<String>();
        for (var block : blocks(Files.readAllLines(root.resolve(page)))) {
            var figures = figures(block);
            var problem = switch (block.kind) {
                case "figures" -> block.where.endsWith("#(row)") ? wrongRows(block) : missing(block.where, figures);
                case "tested" -> untested(block.where, page);
                case "measured" -> MACHINE.matcher(block.section).find() && (COMMAND.matcher(block.section).find()
                        || block.section.contains("code was not kept"))
                                ? ""
                                : "the section names no machine, or neither a command nor that the code was not kept";
                case "defined" -> block.where.isBlank() ? "the marker should say why" : "";
                default -> figures.isEmpty() || block.fenced && !output(block.text)
                        ? ""
                        : "says " + figures
                                + " without a comment above it that says where they are from";
            };
            if (!problem.isEmpty()) {
                problems.add(page + ":" + block.line + ": " + problem);
            }
        }
        return problems;
    }

    private String missing(String sources, List<Figure> figures) throws IOException {
        var numbers = new ArrayList<BigDecimal>();
        for (var source : sources.split("; ")) {
            var parts = source.split("#", 2);
            var file = root.resolve(parts[0].strip());
            if (!Files.isRegularFile(file)) {
                return "there is no file " + parts[0];
            }
            int before = numbers.size();
            for (var line : Files.readAllLines(file)) {
                if (parts.length == 1 || line.contains(parts[1])) {
                    numbers.addAll(numbers(line));
                }
            }
            if (numbers.size() == before) {
                return "there is no number in " + source;
            }
        }
        var missing = figures.stream().filter(figure -> numbers.stream().noneMatch(figure::is)).toList();
        return missing.isEmpty() ? "" : missing + " are not in " + sources;
    }

    /** Compares each line of a table with the lines of the source that have the same first cell. */
    private String wrongRows(Block block) throws IOException {
        var file = block.where.substring(0, block.where.length() - "#(row)".length());
        if (!Files.isRegularFile(root.resolve(file))) {
            return "there is no file " + file;
        }
        var source = Files.readAllLines(root.resolve(file));
        var problems = new ArrayList<String>();
        for (var row : block.text.lines().skip(2).toList()) {
            var name = row.split("\\|")[1];
            var numbers = source.stream().filter(line -> line.contains("|" + name + "|"))
                    .flatMap(line -> numbers(line).stream()).toList();
            figures(row).stream().filter(figure -> numbers.stream().noneMatch(figure::is))
                    .forEach(figure -> problems.add(figure + " of" + name));
        }
        return problems.isEmpty() ? "" : problems + " are not in " + file;
    }

    private static List<BigDecimal> numbers(String line) {
        return SOURCE_NUMBER.matcher(line).results()
                .map(found -> new BigDecimal(found.group().replaceAll("[,_]", ""))).toList();
    }

    private String untested(String test, String page) throws IOException {
        var file = root.resolve(test);
        var name = page.substring(page.lastIndexOf('/') + 1);
        return Files.isRegularFile(file) && Files.readString(file).contains(name)
                ? ""
                : test + " does not read " + name;
    }

    /** Output of a program, not code of one, a drawing or commands. */
    private static boolean output(String text) {
        var lines = text.lines().toList();
        return lines.getFirst().strip().equals("```")
                && lines.stream().skip(1).noneMatch(line -> line.matches("\\s*(\\$ )?(mvn|java|jlink|examples/bin).*"));
    }

    private static List<Figure> figures(Block block) {
        return figures(block.fenced
                ? block.text
                : block.text.replaceAll("`[^`]*`", "`").replaceAll("\\]\\([^)]*\\)", "]"));
    }

    private static List<Figure> figures(String text) {
        return FIGURE.matcher(NO_FIGURE.matcher(text).replaceAll("")).results()
                .map(found -> new Figure(found.group(1), found.group(2) == null ? "" : found.group(2)))
                .filter(figure -> !figure.unit.isEmpty() || figure.digits.matches(".*[.,eE].*"))
                .toList();
    }

    private static List<Block> blocks(List<String> lines) {
        var blocks = new ArrayList<Block>();
        int start = 0;
        while (start < lines.size()) {
            int end = start;
            boolean fenced = lines.get(start).strip().startsWith("```");
            var marker = MARKER.matcher(lines.get(start).strip());
            boolean marked = marker.matches();
            int first = marked ? start + 1 : start;
            fenced = first < lines.size() && lines.get(first).strip().startsWith("```");
            end = first;
            if (fenced) {
                end++;
                while (end < lines.size() && !lines.get(end).strip().startsWith("```")) {
                    end++;
                }
                end++;
            } else {
                while (end < lines.size() && !lines.get(end).isBlank()
                        && !lines.get(end).strip().startsWith("```")
                        && (end == first || !lines.get(end).strip().startsWith("<!--"))) {
                    end++;
                }
            }
            if (end > first) {
                var text = lines.subList(first, Math.min(end, lines.size())).stream().collect(Collectors.joining("\n"));
                blocks.add(new Block(first + 1, marked ? marker.group(1) : "",
                        marked && marker.group(2) != null ? marker.group(2) : "", text, fenced,
                        section(lines, first)));
            }
            start = Math.max(end, start + 1);
        }
        return blocks;
    }

    private static String section(List<String> lines, int line) {
        int from = line;
        while (from > 0 && !lines.get(from).startsWith("#")) {
            from--;
        }
        int to = line + 1;
        while (to < lines.size() && !lines.get(to).startsWith("#")) {
            to++;
        }
        return String.join("\n", lines.subList(from, to));
    }
}
