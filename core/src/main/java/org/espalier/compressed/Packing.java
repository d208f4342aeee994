package org.espalier.compressed;

import org.espalier.io.FormatException;

/**
 * A form of writing a weight: which elements, and how. {@code gaps int8}, for example, takes two bytes for each weight
 * that is kept.
 *
 * @param layout which elements
 * @param encoding how their numbers are written
 */
public record Packing(Layout layout, Encoding encoding) {
    /** Every element in F32: nothing packed. */
    public static final Packing NONE = new Packing(Layout.ALL, Encoding.float32());

    /** The packing that {@link #toString} gives as text. */
    public static Packing parse(String text) throws FormatException {
        for (var layout : Layout.values()) {
            if (text.startsWith(layout + " ")) {
                var encoding = Encoding.parse(text.substring(layout.toString().length() + 1));
                if (encoding != null) {
                    return new Packing(layout, encoding);
                }
            }
        }
        throw new FormatException("packing", "\"" + text + "\" is none; \"gaps int8\" is one");
    }

    /** For example {@code gaps int8}. */
    @Override
    public String toString() {
        return layout + " " + encoding;
    }
}
