package org.espalier.prune.pipeline;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.notation.Notations;

/**
 * Recipes as text: a line that names a stage, then a line for each component of its record. Components that are records
 * without a {@link Notation}, such as a pruner, are written component by component; what is empty is left out. The word
 * for the kind of a stage is its notation; the first kind need not be mentioned.
 */
final class RecipeText {
    private static final String NAME = "name";
    private static final List<Class<?>> KINDS = List.of(Stage.class.getPermittedSubclasses());

    private RecipeText() {}

    /**
     * Checks the name of a stage.
     *
     * @throws IllegalArgumentException if it is blank, has several lines or a quote
     */
    static void requireName(String name) {
        if (name.isBlank() || name.chars().anyMatch(c -> c < ' ' || c == '"')) {
            throw new IllegalArgumentException("a stage needs a name of one line without quotes, not '" + name + "'");
        }
    }

    private static String word(Class<?> kind) {
        return kind.getAnnotation(Notation.class).value();
    }

    static String write(Recipe recipe) {
        var text = new StringBuilder();
        for (var stage : recipe.stages()) {
            text.append("stage \"").append(stage.name()).append("\"\n");
            if (stage.getClass() != KINDS.getFirst()) {
                line(text, "kind", word(stage.getClass()));
            }
            try {
                lines(text, (Record) stage, recipe.names());
            } catch (IllegalArgumentException e) {
                throw new StageException(stage.name(), e);
            }
        }
        return text.toString();
    }

    private static void lines(StringBuilder text, Record record, Notations names) {
        for (var component : record.getClass().getRecordComponents()) {
            var value = unwrapped(Notations.value(record, component));
            if (isTakenApart(component.getType())) {
                lines(text, (Record) value.orElseThrow(), names);
            } else if (value.isPresent() && !component.getName().equals(NAME)) {
                line(text, key(component), names.text(value.get()));
            }
        }
    }

    /** What there is to write of a component; empty for empty optionals and lists. */
    private static Optional<?> unwrapped(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional;
            case OptionalInt optional -> optional.stream().boxed().findFirst();
            case OptionalDouble optional -> optional.stream().boxed().findFirst();
            case List<?> list when list.isEmpty() -> Optional.empty();
            default -> Optional.of(value);
        };
    }

    private static boolean isTakenApart(Class<?> type) {
        return type.isRecord() && !type.isAnnotationPresent(Notation.class);
    }

    private static String key(RecordComponent component) {
        var key = new StringBuilder();
        for (char c : component.getName().toCharArray()) {
            key.append(Character.isUpperCase(c) ? "-" + Character.toLowerCase(c) : String.valueOf(c));
        }
        return key.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append("  ").append(key).append(' ').append(value).append('\n');
    }

    static Recipe read(String text, Notations names) {
        var drafts = new ArrayList<Draft>();
        int number = 0;
        for (var line : text.lines().map(String::strip).toList()) {
            number++;
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    add(drafts, number, line, names);
                } catch (IllegalArgumentException e) {
                    throw new RecipeException(number, e);
                }
            }
        }
        return new Recipe(drafts.stream().map(Draft::stage).toList(), names);
    }

    private static void add(List<Draft> drafts, int number, String line, Notations names) {
        int space = line.indexOf(' ');
        var key = space < 0 ? line : line.substring(0, space);
        var value = space < 0 ? "" : line.substring(space + 1).strip();
        if (key.equals("stage")) {
            drafts.add(new Draft(number, unquoted(value), new LinkedHashMap<>(), names));
            return;
        }
        if (drafts.isEmpty()) {
            throw new IllegalArgumentException("the first line must name a stage");
        }
        if (drafts.getLast().lines.putIfAbsent(key, new Line(number, value)) != null) {
            throw new IllegalArgumentException("'" + key + "' is given twice");
        }
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            throw new IllegalArgumentException("the name of a stage must be in quotes");
        }
        return value.substring(1, value.length() - 1);
    }

    /** Does work on a line, whose number an error gives. */
    private static <T> T at(int number, Supplier<T> work) {
        try {
            return work.get();
        } catch (RecipeException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new RecipeException(number, e);
        }
    }

    private record Line(int number, String value) {}

    /** A stage that is being read. */
    private record Draft(int number, String name, Map<String, Line> lines, Notations names) {
        Stage stage() {
            return at(number, () -> {
                var kind = kind();
                var stage = (Stage) build(kind);
                lines.forEach((key, line) -> at(line.number, () -> {
                    throw new IllegalArgumentException("a stage of kind " + word(kind) + " has no '" + key + "'");
                }));
                return stage;
            });
        }

        private Class<?> kind() {
            var line = lines.remove("kind");
            return line == null
                    ? KINDS.getFirst()
                    : at(line.number, () -> KINDS.stream()
                            .filter(kind -> word(kind).equals(line.value))
                            .findFirst()
                            .orElseThrow(() -> new IllegalArgumentException("no kind of stage is called '" + line.value
                                    + "'; there are "
                                    + KINDS.stream().map(RecipeText::word).collect(Collectors.joining(", ")))));
        }

        private Object build(Class<?> type) {
            return Notations.build(type, component -> {
                if (component.getName().equals(NAME)) {
                    return name;
                }
                return isTakenApart(component.getType()) ? build(component.getType()) : value(component);
            });
        }

        private Object value(RecordComponent component) {
            var line = lines.remove(key(component));
            var type = component.getType();
            if (type == Optional.class) {
                var of = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
                return Optional.ofNullable(line).map(given -> at(given.number, () -> names.parse(of, given.value)));
            } else if (type == OptionalInt.class) {
                return line == null
                        ? OptionalInt.empty()
                        : OptionalInt.of((int) at(line.number, () -> names.parse((Type) int.class, line.value)));
            } else if (type == OptionalDouble.class) {
                return line == null
                        ? OptionalDouble.empty()
                        : OptionalDouble
                                .of((double) at(line.number, () -> names.parse((Type) double.class, line.value)));
            } else if (line != null) {
                return at(line.number, () -> names.parse(component.getGenericType(), line.value));
            } else if (component.isAnnotationPresent(Default.class)) {
                return names.parse(component.getGenericType(), component.getAnnotation(Default.class).value());
            } else if (type == List.class) {
                return List.of();
            }
            throw new IllegalArgumentException("'" + key(component) + "' is missing");
        }
    }
}
