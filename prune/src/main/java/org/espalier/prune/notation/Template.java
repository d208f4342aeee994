package org.espalier.prune.notation;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@link Notation} of one record or enum, taken apart. */
final class Template {
    private static final Pattern PARTS = Pattern.compile("\\{([\\w*]*)}|(\\[)|(])|([^\\[\\]{}]+)");
    private static final String OPTIONS = ", {*}";
    private static final ClassValue<Template> ALL = new ClassValue<>() {
        @Override
        protected Template computeValue(Class<?> type) {
            return new Template(type, type.getAnnotation(Notation.class).value());
        }
    };

    private final Class<?> type;
    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private final Pattern regex;

    /**
     * A piece of the text.
     *
     * @param literal the words, if it is no component
     * @param component the name of the component, if it is one
     * @param group the number of the optional part that it belongs to, 0 for none
     */
    private record Part(String literal, String component, int group) {}

    /** The template of a text for the values of a type. */
    Template(Class<?> type, String text) {
        this.type = type;
        this.text = text;
        var expression = new StringBuilder();
        var matcher = PARTS.matcher(text);
        int groups = 0;
        boolean inside = false;
        while (!isOptions() && matcher.find()) {
            if (matcher.group(2) != null) {
                inside = true;
                groups++;
                expression.append("(?:");
            } else if (matcher.group(3) != null) {
                inside = false;
                expression.append(")?");
            } else {
                var part = new Part(matcher.group(4), matcher.group(1), inside ? groups : 0);
                parts.add(part);
                expression.append(
                        part.literal != null ? Pattern.quote(part.literal) : "(" + expression(part.component) + ")");
            }
        }
        this.regex = Pattern.compile(expression.toString());
    }

    /** The template of a type that has a {@link Notation}. */
    static Template of(Class<?> type) {
        return ALL.get(type);
    }

    private boolean isOptions() {
        return text.endsWith(OPTIONS);
    }

    /** What the text of a component may look like. */
    private String expression(String name) {
        var component = name.isEmpty() ? type : component(type, name).getType();
        if (component == int.class || component == long.class) {
            return "[-+]?\\d+";
        } else if (component == double.class || component == float.class) {
            return "[-+\\w.]+";
        } else if (component == boolean.class) {
            return Pattern.quote(words(name, ' '));
        } else if (component.isEnum() && (name.isEmpty() || !component.isAnnotationPresent(Notation.class))) {
            return Stream.of(component.getEnumConstants())
                    .map(constant -> Pattern.quote(word((Enum<?>) constant)))
                    .collect(Collectors.joining("|"));
        } else if (Map.class.isAssignableFrom(component)) {
            return "[^:]*:.+|\\S+ .+";
        }
        return ".+";
    }

    static RecordComponent component(Class<?> type, String name) {
        return Stream.of(type.getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(type + " has no component " + name));
    }

    /** The constant of an enum in words, such as {@code fisher}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A name of several words, such as {@code warm-up} for {@code warmUp}. */
    static String words(String name, char between) {
        var words = new StringBuilder();
        for (char c : name.toCharArray()) {
            words.append(Character.isUpperCase(c) ? between + "" + Character.toLowerCase(c) : c);
        }
        return words.toString();
    }

    /** The first word or words, which are always there. */
    int literals() {
        return isOptions()
                ? text.length()
                : parts.stream()
                        .filter(part -> part.literal != null && part.group == 0)
                        .mapToInt(part -> part.literal.length())
                        .sum();
    }

    /** The texts of the components that a text mentions; empty if it is not of this template. */
    Optional<Map<String, String>> match(String value) {
        if (isOptions()) {
            return options(value);
        }
        var matcher = regex.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var found = new LinkedHashMap<String, String>();
        int group = 0;
        for (var part : parts) {
            if (part.component != null && matcher.group(++group) != null) {
                found.put(part.component, matcher.group(group));
            }
        }
        return Optional.of(found);
    }

    private Optional<Map<String, String>> options(String value) {
        var name = text.substring(0, text.length() - OPTIONS.length());
        var pieces = value.strip().split(" *, *");
        if (!pieces[0].equals(name)) {
            return Optional.empty();
        }
        var keys = new LinkedHashMap<String, String>();
        for (var component : type.getRecordComponents()) {
            keys.put(words(component.getName(), '-'), component.getName());
        }
        var found = new LinkedHashMap<String, String>();
        for (int i = 1; i < pieces.length; i++) {
            int space = pieces[i].indexOf(' ');
            var key = space < 0 ? pieces[i] : pieces[i].substring(0, space);
            if (!keys.containsKey(key)) {
                throw new IllegalArgumentException(
                        name + " has no option '" + key + "'; it has " + String.join(", ", keys.keySet()));
            }
            if (space < 0 || found.put(keys.get(key), pieces[i].substring(space + 1).strip()) != null) {
                throw new IllegalArgumentException("option '" + key + "' of " + name
                        + (space < 0 ? " has no value" : " is given twice"));
            }
        }
        return Optional.of(found);
    }

    /**
     * Puts values into the template.
     *
     * @param values the texts of all components; of an enum, of the constant under the empty name
     * @param defaults the texts that defaults would have
     */
    String write(Map<String, String> values, Map<String, String> defaults) {
        if (isOptions()) {
            return text.substring(0, text.length() - OPTIONS.length())
                    + values.entrySet().stream()
                            .map(value -> ", " + words(value.getKey(), '-') + " " + value.getValue())
                            .collect(Collectors.joining());
        }
        var written = new StringBuilder();
        for (var part : parts) {
            boolean usual = part.group > 0
                    && parts.stream()
                            .filter(other -> other.group == part.group && other.component != null)
                            .allMatch(other -> values.get(other.component).equals(defaults.get(other.component)));
            if (!usual) {
                written.append(part.literal != null ? part.literal : values.get(part.component));
            }
        }
        return written.toString();
    }

    /** The template for people, its components in capitals. */
    @Override
    public String toString() {
        if (isOptions()) {
            return text.substring(0, text.length() - OPTIONS.length());
        }
        var shown = new StringBuilder();
        for (var part : parts) {
            if (part.literal != null) {
                shown.append(part.literal);
            } else if (part.component.isEmpty()) {
                shown.append(expression("").replaceAll("\\\\[QE]", ""));
            } else {
                shown.append(component(type, part.component).getType() == boolean.class
                        ? words(part.component, ' ')
                        : words(part.component, '-').toUpperCase(Locale.ROOT));
            }
        }
        return shown.toString();
    }
}
