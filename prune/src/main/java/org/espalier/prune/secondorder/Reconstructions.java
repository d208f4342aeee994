package org.espalier.prune.secondorder;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads methods of reconstruction from their text. */
public final class Reconstructions {
    private static final Pattern WITH_SETTINGS =
            Pattern.compile("(obc|obs|sparsegpt)(?: block (\\d{1,9}))?(?: damping (\\S+))?");

    private Reconstructions() {}

    /**
     * The method with this {@linkplain Reconstruction#text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Reconstruction parse(String text) {
        Matcher parts = WITH_SETTINGS.matcher(text);
        if (!parts.matches() || parts.group(2) != null && !parts.group(1).equals("sparsegpt")) {
            throw new IllegalArgumentException("no reconstruction is called '" + text
                    + "'; there are obc, obs and sparsegpt, which may say block N, and all may say damping D");
        }
        double damping = parts.group(3) == null ? Damping.USUAL : Double.parseDouble(parts.group(3));
        int block = parts.group(2) == null ? SparseGpt.USUAL_BLOCK : Integer.parseInt(parts.group(2));
        return switch (parts.group(1)) {
            case "obc" -> new OptimalBrainCompression(damping);
            case "obs" -> new OptimalBrainSurgeon(damping);
            default -> new SparseGpt(block, damping);
        };
    }
}
