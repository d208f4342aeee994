package org.espalier.io;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Records as JSON objects: a member for each component, under its name.
 *
 * {@snippet :
 * var scale = new org.espalier.compressed.ActivationScale(0.5f, 3);
 * Json.Obj json = RecordJson.write(scale); // {"scale": 0.5, "zeroPoint": 3}
 * var same = RecordJson.read(org.espalier.compressed.ActivationScale.class, json, "scale.json");
 * }
 *
 * <p>Components may be numbers, booleans, strings, enums, records, and lists, optionals and maps of these, the keys of
 * a map being strings or enums. JSON has no numbers that are not finite: NaN is null, infinities are the strings
 * {@code "Infinity"} and {@code "-Infinity"}. An empty optional is null too, and when read it may be missing. Records
 * must be public, in a package exported to this module.
 */
public final class RecordJson {
    private RecordJson() {}

    /**
     * Writes a record.
     *
     * @param record the record
     * @return its components by name
     * @throws IllegalArgumentException if a component is of a type that has no JSON
     */
    public static Json.Obj write(Record record) {
        Json.Obj json = Json.object();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            json = json.with(component.getName(), json(value(record, component)));
        }
        return json;
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException(component + " of " + record.getClass() + " cannot be read", e);
        }
    }

    private static Json json(Object value) {
        return switch (value) {
            case Double number -> real(number);
            case Float number -> real(number);
            case Number number -> new Json.Int(number.longValue());
            case Boolean is -> new Json.Bool(is);
            case String text -> new Json.Str(text);
            case Enum<?> constant -> new Json.Str(constant.name());
            case Record record -> write(record);
            case List<?> list -> Json.array(list.stream().map(RecordJson::json).toList());
            case Map<?, ?> map -> {
                Json.Obj json = Json.object();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    Object key = entry.getKey();
                    json = json.with(key instanceof Enum<?> constant ? constant.name() : (String) key,
                            json(entry.getValue()));
                }
                yield json;
            }
            case Optional<?> optional -> optional.map(RecordJson::json).orElse(new Json.Null());
            case OptionalDouble optional -> optional.isPresent() ? real(optional.getAsDouble()) : new Json.Null();
            default -> throw new IllegalArgumentException("a " + value.getClass().getTypeName() + " has no JSON");
        };
    }

    private static Json real(double number) {
        return Double.isFinite(number)
                ? new Json.Real(number)
                : Double.isNaN(number) ? new Json.Null() : new Json.Str(Double.toString(number));
    }

    /**
     * Reads a record.
     *
     * @param <T> its type
     * @param type its class
     * @param json what {@link #write} wrote
     * @param source what is read, for messages
     * @return the record
     * @throws FormatException if a member is missing or of another type, or the record refuses it; the message gives
     *     the path of the member
     */
    public static <T extends Record> T read(Class<T> type, Json.Obj json, String source) throws FormatException {
        return type.cast(new Reader(source).record(type, json, ""));
    }

    /** Reads the parts of one document. */
    private record Reader(String source) {
        private FormatException failure(String path, String problem) {
            return new FormatException(source, path.isEmpty() ? problem : path + ": " + problem);
        }

        private Object record(Class<?> type, Json json, String path) throws FormatException {
            if (!(json instanceof Json.Obj object)) {
                throw failure(path, "must be an object");
            }
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                String name = components[i].getName();
                types[i] = components[i].getType();
                boolean optional = types[i] == Optional.class || types[i] == OptionalDouble.class;
                String inner = path.isEmpty() ? name : path + "." + name;
                if (!object.has(name) && !optional) {
                    throw failure(inner, "is missing");
                }
                Json member = object.has(name) ? object.get(name) : new Json.Null();
                values[i] = value(components[i].getGenericType(), member, inner);
            }
            try {
                return type.getConstructor(types).newInstance(values);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof IllegalArgumentException refused) {
                    throw failure(path, refused.getMessage());
                }
                throw new IllegalStateException(type + " cannot be made", e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(type + " needs a public constructor", e);
            }
        }

        private Object value(Type type, Json json, String path) throws FormatException {
            if (type instanceof ParameterizedType generic) {
                Type[] arguments = generic.getActualTypeArguments();
                Class<?> raw = (Class<?>) generic.getRawType();
                if (raw == Optional.class) {
                    return json instanceof Json.Null ? Optional.empty() : Optional.of(value(arguments[0], json, path));
                }
                return raw == List.class ? list(arguments[0], json, path) : map(arguments, json, path);
            }
            Class<?> plain = (Class<?>) type;
            if (plain == OptionalDouble.class) {
                return json instanceof Json.Null ? OptionalDouble.empty() : OptionalDouble.of(number(json, path));
            } else if (plain == double.class || plain == Double.class) {
                return number(json, path);
            } else if (plain == float.class || plain == Float.class) {
                return (float) number(json, path);
            } else if (plain == long.class || plain == Long.class) {
                return integer(json, path);
            } else if (plain == int.class || plain == Integer.class) {
                long number = integer(json, path);
                if (number != (int) number) {
                    throw failure(path, "is too large: " + number);
                }
                return (int) number;
            } else if (plain.isRecord()) {
                return record(plain, json, path);
            } else if ((plain == boolean.class || plain == Boolean.class) && json instanceof Json.Bool(boolean is)) {
                return is;
            } else if (plain == String.class && json instanceof Json.Str(String text)) {
                return text;
            } else if (plain.isEnum() && json instanceof Json.Str(String text)) {
                return constant(plain, text, path);
            }
            throw failure(path, "must be a " + plain.getSimpleName().toLowerCase(Locale.ROOT));
        }

        private double number(Json json, String path) throws FormatException {
            return switch (json) {
                case Json.Num number -> number.asDouble();
                case Json.Null _ -> Double.NaN;
                case Json.Str(String text) when text.equals("NaN") -> Double.NaN;
                case Json.Str(String text) when text.equals("Infinity") -> Double.POSITIVE_INFINITY;
                case Json.Str(String text) when text.equals("-Infinity") -> Double.NEGATIVE_INFINITY;
                default -> throw failure(path, "must be a number");
            };
        }

        private long integer(Json json, String path) throws FormatException {
            if (!(json instanceof Json.Int(long number))) {
                throw failure(path, "must be an integer");
            }
            return number;
        }

        private Object constant(Class<?> type, String name, String path) throws FormatException {
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(name)) {
                    return constant;
                }
            }
            throw failure(path, "no " + type.getSimpleName() + " is called '" + name + "'");
        }

        private List<Object> list(Type type, Json json, String path) throws FormatException {
            if (!(json instanceof Json.Arr(List<Json> items))) {
                throw failure(path, "must be an array");
            }
            List<Object> list = new ArrayList<>();
            for (Json item : items) {
                list.add(value(type, item, path + "[" + list.size() + "]"));
            }
            return list;
        }

        private Map<Object, Object> map(Type[] types, Json json, String path) throws FormatException {
            if (!(json instanceof Json.Obj(Map<String, Json> members))) {
                throw failure(path, "must be an object");
            }
            Map<Object, Object> map = new LinkedHashMap<>();
            for (Map.Entry<String, Json> member : members.entrySet()) {
                String inner = path + "." + member.getKey();
                Object key = types[0] == String.class
                        ? member.getKey()
                        : constant((Class<?>) types[0], member.getKey(), inner);
                map.put(key, value(types[1], member.getValue(), inner));
            }
            return map;
        }
    }
}
