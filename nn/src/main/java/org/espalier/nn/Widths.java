package org.espalier.nn;

import java.util.List;

/** How many numbers a sample of a container's input and output has, as far as its parts tell. */
final class Widths {
    private Widths() {}

    /**
     * What the first part that tells takes, if the parts before it say for which input they give it.
     *
     * @return 0 if it is not known
     */
    static int in(List<Container.Part> parts) {
        for (int i = 0; i < parts.size(); i++) {
            int needed = parts.get(i).layer().in();
            if (needed > 0) {
                return input(parts.subList(0, i), parts.get(i).inputs().getFirst(), needed);
            }
        }
        return 0;
    }

    /** The input for which a value of these parts is as wide as needed, the same width first. */
    private static int input(List<Container.Part> parts, int value, int needed) {
        if (values(parts, needed)[value] == needed) {
            return needed;
        }
        for (int width = 1; width < needed; width++) {
            if (values(parts, width)[value] == needed) {
                return width;
            }
        }
        return 0;
    }

    static int out(List<Container.Part> parts, int in) {
        return values(parts, in)[parts.size()];
    }

    private static int[] values(List<Container.Part> parts, int in) {
        var widths = new int[parts.size() + 1];
        widths[0] = in;
        for (int i = 0; i < parts.size(); i++) {
            widths[i + 1] = width(parts.get(i), widths);
        }
        return widths;
    }

    private static int width(Container.Part part, int... widths) {
        int width = widths[part.inputs().getFirst()];
        var dependency = part.layer().dependency();
        if (dependency instanceof Dependency.Concatenated) {
            width = 0;
            for (int input : part.inputs()) {
                if (widths[input] == 0) {
                    return 0;
                }
                width += widths[input];
            }
            return width;
        }
        boolean same = dependency instanceof Dependency.Sum || dependency instanceof Dependency.Product;
        return width == 0 || same ? width : part.layer().out(width);
    }
}
