package org.espalier.prune.notation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads and writes values by their {@link Notation}.
 *
 * <p>The kinds of an axis, such as the schedules, are the types that its sealed interface permits and those that its
 * static factories return. Values that have no notation, such as a lambda, can be given a name.
 *
 * @param names values by the names given to them
 */
public record Notations(Map<String, Object> names) {
    private static final Notations STANDARD = new Notations(Map.of());
    private static final Pattern ENTRY = Pattern.compile("(\\S*?):?\\s+(.+)");

    /** Takes its own copy of the map. */
    public Notations {
        names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
    }

    /** The notations of the library. */
    public static Notations standard() {
        return STANDARD;
    }

    /**
     * With a name for a value, such as a criterion that is a lambda.
     *
     * @throws IllegalArgumentException if the name is blank or has several lines, or is given to another value
     */
    public Notations with(String name, Object value) {
        if (name.isBlank() || !name.equals(name.strip()) || name.lines().count() != 1) {
            throw new IllegalArgumentException("a name is one line without blanks around it, not '" + name + "'");
        }
        if (names.containsKey(name) && !names.get(name).equals(value)) {
            throw new IllegalArgumentException("the name '" + name + "' is given to another value already");
        }
        var more = new LinkedHashMap<>(names);
        more.put(name, value);
        return new Notations(more);
    }

    /** A value in words for tables and messages: as {@link #text} writes it, or else the name of its class. */
    public static String describe(Object value) {
        var type = value.getClass();
        if (type.isAnnotationPresent(Notation.class)) {
            return STANDARD.text(value);
        }
        // The name of a hidden class ends with a number that differs from run to run.
        var name = type.getName().replaceFirst("\\$\\$Lambda.*", " (lambda)");
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /**
     * The text of a value.
     *
     * @throws IllegalArgumentException if it has neither a notation nor a name; it names the class
     */
    public String text(Object value) {
        for (var named : names.entrySet()) {
            if (named.getValue().equals(value)) {
                return named.getKey();
            }
        }
        return switch (value) {
            case String text -> text;
            case Number number -> number.toString();
            case List<?> list -> list.stream().map(this::text).collect(Collectors.joining(", "));
            case Map<?, ?> map -> map.entrySet().stream().map(this::entry).collect(Collectors.joining("; "));
            case Enum<?> constant when !constant.getDeclaringClass().isAnnotationPresent(Notation.class) ->
                    Template.word(constant);
            case Enum<?> constant ->
                    Template.of(constant.getDeclaringClass()).write(Map.of("", Template.word(constant)), Map.of());
            case Record record when record.getClass().isAnnotationPresent(Notation.class) -> {
                var values = new LinkedHashMap<String, String>();
                var defaults = new LinkedHashMap<String, String>();
                for (var component : record.getClass().getRecordComponents()) {
                    values.put(component.getName(), text(component, value(record, component)));
                    defaultOf(component).ifPresent(usual -> defaults.put(component.getName(), text(component, usual)));
                }
                yield Template.of(record.getClass()).write(values, defaults);
            }
            default -> throw new IllegalArgumentException(describe(value) + " of class "
                    + value.getClass().getName().replaceFirst("/0x.*", "")
                    + " has no text that could be read back; give it a name");
        };
    }

    private String text(RecordComponent component, Object value) {
        return value instanceof Boolean is ? is ? Template.words(component.getName(), ' ') : "" : text(value);
    }

    private String entry(Map.Entry<?, ?> entry) {
        return entry.getValue() instanceof List<?> list
                ? entry.getKey() + " " + list.stream().map(this::text).collect(Collectors.joining(" "))
                : entry.getKey() + ": " + text(entry.getValue());
    }

    /** The value of a component of a record. */
    public static Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    /** What a component is if a text does not mention it. */
    private Optional<Object> defaultOf(RecordComponent component) {
        if (component.getType() == boolean.class) {
            return Optional.of(false);
        }
        return Optional.ofNullable(component.getAnnotation(Default.class))
                .map(usual -> parse(component.getGenericType(), usual.value()));
    }

    /**
     * Reads a value.
     *
     * @param axis what it is to be: an interface whose kinds have notations, or a type that has one
     * @throws IllegalArgumentException if no kind has such a text; it names the kinds
     */
    public <T> T parse(Class<T> axis, String text) {
        return axis.cast(parse((Type) axis, text.strip()));
    }

    /**
     * Reads a value of a type: a number, a text, an enum, a list, a map by text, or an axis.
     *
     * @throws IllegalArgumentException if the text is not of that type
     */
    public Object parse(Type type, String text) {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? Stream.of(text.split(" *, *")).map(item -> parse(arguments[0], item)).toList()
                    : map(arguments[1], text);
        }
        var c = (Class<?>) type;
        if (c == String.class) {
            return text;
        } else if (c == int.class || c == Integer.class) {
            return number("an integer", text, Integer::valueOf);
        } else if (c == long.class) {
            return number("an integer", text, Long::valueOf);
        } else if (c == double.class || c == Double.class) {
            return number("a number", text, Double::valueOf);
        } else if (c == float.class) {
            return number("a number", text, Float::valueOf);
        } else if (c == boolean.class) {
            return true;
        }
        return c.isEnum() && !c.isAnnotationPresent(Notation.class) ? constant(c, text) : kind(c, text);
    }

    private static <T> T number(String what, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not " + what, e);
        }
    }

    private Map<String, Object> map(Type values, String text) {
        var map = new LinkedHashMap<String, Object>();
        for (var entry : text.split(";")) {
            var parts = ENTRY.matcher(entry.strip().equals(entry) ? entry : entry.stripLeading());
            if (!parts.matches()) {
                throw new IllegalArgumentException("'" + entry.strip() + "' needs a name and a value");
            }
            var value = values instanceof ParameterizedType list
                    ? Stream.of(parts.group(2).strip().split(" +"))
                            .map(item -> parse(list.getActualTypeArguments()[0], item))
                            .toList()
                    : parse(values, parts.group(2).strip());
            if (map.put(parts.group(1), value) != null) {
                throw new IllegalArgumentException("'" + parts.group(1) + "' is given twice");
            }
        }
        return map;
    }

    private static Object constant(Class<?> type, String text) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> Template.word((Enum<?>) constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is none of "
                        + Stream.of(type.getEnumConstants())
                                .map(constant -> Template.word((Enum<?>) constant))
                                .collect(Collectors.joining(", "))));
    }

    private Object kind(Class<?> axis, String text) {
        if (axis.isInstance(names.get(text))) {
            return names.get(text);
        }
        var kinds = Kinds.of(axis);
        for (var kind : kinds) {
            var found = Template.of(kind).match(text);
            if (found.isPresent()) {
                return kind.isEnum() ? constant(kind, found.get().get("")) : build(kind, found.get());
            }
        }
        throw new IllegalArgumentException("no " + Template.words(axis.getSimpleName(), ' ').strip() + " is called '"
                + text + "'; there are "
                + Stream.concat(names.keySet().stream().filter(name -> axis.isInstance(names.get(name))),
                        kinds.stream().map(kind -> Template.of(kind).toString()).sorted())
                        .collect(Collectors.joining(", ")));
    }

    /**
     * All values of an axis with default settings, one for each constant where the setting is an enum; by their texts.
     */
    public static <T> List<T> all(Class<T> axis) {
        var all = new ArrayList<T>();
        for (var kind : Kinds.of(axis)) {
            if (kind.isEnum()) {
                Stream.of(kind.getEnumConstants()).map(axis::cast).forEach(all::add);
            } else {
                var open = Stream.of(kind.getRecordComponents())
                        .filter(part -> STANDARD.defaultOf(part).isEmpty())
                        .toList();
                if (open.isEmpty()) {
                    all.add(axis.cast(STANDARD.build(kind, Map.of())));
                } else if (open.size() == 1 && open.getFirst().getType().isEnum()) {
                    for (var constant : open.getFirst().getType().getEnumConstants()) {
                        var chosen = Map.of(open.getFirst().getName(), Template.word((Enum<?>) constant));
                        all.add(axis.cast(STANDARD.build(kind, chosen)));
                    }
                }
            }
        }
        all.sort(Comparator.comparing(STANDARD::text));
        return List.copyOf(all);
    }

    private Object build(Class<?> kind, Map<String, String> texts) {
        return build(kind, component -> {
            var text = texts.get(component.getName());
            if (text != null) {
                return parse(component.getGenericType(), text);
            }
            return defaultOf(component).orElseThrow(() -> new IllegalArgumentException(
                    "'" + Template.of(kind) + "' needs " + Template.words(component.getName(), ' ')));
        });
    }

    /**
     * Makes a record of its components.
     *
     * @throws IllegalArgumentException if its constructor does
     */
    public static Object build(Class<?> kind, Function<RecordComponent, Object> components) {
        var parts = kind.getRecordComponents();
        var types = Stream.of(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = Stream.of(parts).map(components).toArray();
        try {
            return kind.getConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof IllegalArgumentException refused
                    ? refused
                    : new IllegalStateException(kind + " cannot be made", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(kind + " needs a public constructor", e);
        }
    }
}
