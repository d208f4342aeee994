package org.espalier.prune.notation;

import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The types with a {@link Notation} that a value of an axis may have: those that its sealed interface permits and those
 * that its static factories return.
 */
final class Kinds {
    private static final ClassValue<List<Class<?>>> ALL = new ClassValue<>() {
        @Override
        protected List<Class<?>> computeValue(Class<?> axis) {
            return find(axis);
        }
    };

    private Kinds() {}

    /** The kinds of an axis, those with more words first; found once for each axis. */
    static List<Class<?>> of(Class<?> axis) {
        return ALL.get(axis);
    }

    /** Finds the kinds of an axis. */
    static List<Class<?>> find(Class<?> axis) {
        var kinds = new LinkedHashSet<Class<?>>();
        collect(axis, axis, kinds);
        return kinds.stream()
                .sorted(Comparator.comparingInt((Class<?> kind) -> -Template.of(kind).literals())
                        .thenComparing(Class::getName))
                .toList();
    }

    private static void collect(Class<?> axis, Class<?> type, Set<Class<?>> kinds) {
        if (type.isAnnotationPresent(Notation.class)) {
            kinds.add(type);
            return;
        }
        if (type.isSealed()) {
            Stream.of(type.getPermittedSubclasses()).forEach(kind -> collect(axis, kind, kinds));
        }
        for (var method : type.getDeclaredMethods()) {
            var returned = method.getReturnType();
            if (Modifier.isStatic(method.getModifiers()) && axis.isAssignableFrom(returned)
                    && returned.isAnnotationPresent(Notation.class)) {
                kinds.add(returned);
            }
        }
    }
}
