package org.espalier.examples.report.page;

import java.util.Locale;
import org.espalier.examples.report.RunRecord;

/** Numbers for people, always written the same way. */
final class Words {
    /** What is written for a number that is not known. */
    static final String NONE = "–";

    private Words() {}

    /** Such as {@code 98.32 %}. */
    static String percent(double fraction) {
        double percent = 100 * fraction;
        int digits = Math.abs(percent) >= 10 || percent == 0 ? 1 : 2;
        return Double.isNaN(fraction) ? NONE : String.format(Locale.ROOT, "%." + digits + "f %%", percent);
    }

    /** A score, as a percentage with two digits where it is a fraction. */
    static String score(RunRecord.Score score, double value) {
        if (Double.isNaN(value)) {
            return NONE;
        }
        return score.fraction()
                ? String.format(Locale.ROOT, "%.2f %%", 100 * value)
                : String.format(Locale.ROOT, "%.4g", value);
    }

    /** How much lower or higher a score is, such as {@code 0.07 points lower}. */
    static String change(RunRecord.Score score, double from, double to) {
        double change = score.fraction() ? 100 * (to - from) : to - from;
        var amount = String.format(Locale.ROOT, score.fraction() ? "%.2f" : "%.3g", Math.abs(change));
        if (Double.isNaN(change)) {
            return "not known";
        }
        if (Double.parseDouble(amount) == 0) {
            return "the same";
        }
        return amount + (score.fraction() ? " points " : " ") + (change < 0 ? "lower" : "higher");
    }

    /** Such as {@code 16,464}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Such as {@code 48.8 kB}, in steps of 1,000. */
    static String bytes(long bytes) {
        if (bytes < 10_000) {
            return count(bytes) + " B";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.2f MB", bytes / 1e6);
    }

    /** Such as {@code 4.21 µs}. */
    static String micros(double micros) {
        return Double.isNaN(micros) ? NONE : String.format(Locale.ROOT, micros < 100 ? "%.2f µs" : "%.0f µs", micros);
    }

    /** A number with three significant digits. */
    static String number(double number) {
        return Double.isNaN(number) ? NONE : String.format(Locale.ROOT, "%.3g", number);
    }

    /** How many times as much, such as {@code 13 times}. */
    static String times(double ratio) {
        return String.format(Locale.ROOT, ratio < 10 ? "%.1f times" : "%.0f times", ratio);
    }
}
