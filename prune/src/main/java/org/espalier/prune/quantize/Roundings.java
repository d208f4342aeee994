package org.espalier.prune.quantize;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.prune.secondorder.Damping;
import org.espalier.prune.secondorder.SparseGpt;

/** Reads methods of rounding from their text. */
public final class Roundings {
    private static final Pattern WITH_SETTINGS =
            Pattern.compile("(?:obq|(gptq)( in order)?(?: block (\\d{1,9}))?)(?: damping (\\S+))?");

    private Roundings() {}

    /**
     * The method with this {@linkplain Rounding#text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Rounding parse(String text) {
        Matcher parts = WITH_SETTINGS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no rounding is called '" + text
                    + "'; there are obq and gptq, which may say in order and block N, and both may say damping D");
        }
        double damping = parts.group(4) == null ? Damping.USUAL : Double.parseDouble(parts.group(4));
        int block = parts.group(3) == null ? SparseGpt.USUAL_BLOCK : Integer.parseInt(parts.group(3));
        return parts.group(1) == null
                ? new OptimalBrainQuantization(damping)
                : new Gptq(parts.group(2) == null, block, damping);
    }
}
