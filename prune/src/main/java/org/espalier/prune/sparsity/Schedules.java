package org.espalier.prune.sparsity;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads schedules from their text. */
public final class Schedules {
    private static final Pattern WITH_STEPS = Pattern.compile("(linear|cubic|exponential) (\\d{1,9})");

    private static final Pattern CYCLIC = Pattern.compile("cyclic (\\d{1,9}) (.+)");

    private Schedules() {}

    /**
     * The schedule with this {@linkplain SparsitySchedule#text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static SparsitySchedule parse(String text) {
        if (text.equals("one-shot")) {
            return new OneShot();
        }
        Matcher cyclic = CYCLIC.matcher(text);
        if (cyclic.matches()) {
            return Cyclic.of(Integer.parseInt(cyclic.group(1)), parse(cyclic.group(2)));
        }
        Matcher parts = WITH_STEPS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no schedule is called '" + text
                    + "'; there are one-shot, linear N, cubic N, exponential N and cyclic N of one of them");
        }
        int steps = Integer.parseInt(parts.group(2));
        return switch (parts.group(1)) {
            case "linear" -> new LinearSteps(steps);
            case "cubic" -> new Cubic(steps);
            default -> new Exponential(steps);
        };
    }
}
