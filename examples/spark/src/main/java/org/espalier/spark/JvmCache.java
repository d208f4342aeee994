package org.espalier.spark;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the tasks of one JVM share: tasks come and go, and each asks for the same few things. The least recently used
 * one of too many is forgotten; tasks that still use it keep it.
 *
 * @param <V> what is shared
 */
public final class JvmCache<V> {
    private final Map<String, V> values = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;
    private int built;

    /**
     * Builds a value.
     *
     * @param <V> what is built
     * @param <E> what may go wrong
     */
    public interface Builder<V, E extends Exception> {
        /** Builds it. */
        V build() throws E;
    }

    /** A cache of at most this many. */
    public JvmCache(int most) {
        this.most = most;
    }

    /**
     * The value of a key; built if it is not here, while others that ask wait.
     *
     * @param <E> what may go wrong in building it; nothing is kept then
     */
    public synchronized <E extends Exception> V get(String key, Builder<V, E> builder) throws E {
        var known = values.get(key);
        if (known != null) {
            return known;
        }
        var value = builder.build();
        built++;
        values.put(key, value);
        if (values.size() > most) {
            values.remove(values.keySet().iterator().next());
        }
        return value;
    }

    /** How many values have been built. */
    public synchronized int built() {
        return built;
    }
}
