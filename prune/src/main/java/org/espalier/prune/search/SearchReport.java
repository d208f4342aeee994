package org.espalier.prune.search;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.RecordJson;
import org.espalier.nn.metrics.Comparison.Verdict;
import org.espalier.prune.sparsity.Resource;

/**
 * What a search tried and what came of it. The same search gives the same report; it holds no times of its own.
 *
 * @param resource what was to become small
 * @param metric how good models are
 * @param tolerance the loss of it that does not matter
 * @param confidence of the test
 * @param dense what the dense model costs
 * @param tried all that was tried, round by round
 * @param frontier of those trained for all epochs, what nothing dominates; the smallest first
 * @param tests the tests on fresh seeds, in order
 */
public record SearchReport(
        Resource resource, String metric, double tolerance, double confidence, double dense, List<Tried> tried,
        List<Tried> frontier, List<Tested> tests) {
    /** Takes its own copies. */
    public SearchReport {
        tried = List.copyOf(tried);
        frontier = List.copyOf(frontier);
        tests = List.copyOf(tests);
    }

    /**
     * A finalist and its test.
     *
     * @param candidate its name
     * @param sparsity how much it removes
     * @param epochs how long it was trained
     * @param size the mean of what it costs over the seeds of the test
     * @param result the test
     */
    public record Tested(String candidate, double sparsity, int epochs, double size, NonInferiority result) {}

    /** The smallest that passed the test, if any did. */
    public Optional<Tested> passed() {
        return tests.stream()
                .filter(test -> test.result().verdict() == Verdict.NOT_INFERIOR)
                .reduce((larger, smaller) -> smaller);
    }

    /** What should be used: the smallest that passed; if none did, the first that was tested. */
    public Tested best() {
        return passed().orElseGet(tests::getFirst);
    }

    /** The verdict in a sentence or two. */
    public String verdict() {
        var best = best();
        var what = String.format(
                Locale.ROOT, "%s at sparsity %s: %s %s instead of %s", best.candidate, best.sparsity,
                number(best.size), resource.text(), number(dense));
        return passed().isPresent()
                ? what + "; " + best.result.sentence()
                : "nothing passed the test; the best there is: " + what + "; " + best.result.sentence();
    }

    /** A table for people: the frontier, the tests and the verdict. */
    public String toTable() {
        var text = new StringBuilder(String.format(
                Locale.ROOT, "%d points tried in %d runs, %d epochs in all; smallest %s with at most %s less %s\n",
                tried.size(), tried.stream().mapToInt(one -> one.runs().size()).sum(),
                tried.stream().mapToInt(one -> one.epochs() * one.runs().size()).sum(), resource.text(), tolerance,
                metric));
        int width = Math.max(9, frontier.stream().mapToInt(one -> one.candidate().length()).max().orElse(0));
        text.append(String.format(
                Locale.ROOT, "%-" + width + "s %8s %12s %9s %10s\n", "frontier", "sparsity", resource.text(), "loss",
                metric));
        text.append(line(width, "(dense)", 0, dense, 0, Double.NaN));
        for (var one : frontier) {
            text.append(line(width, one.candidate(), one.sparsity(), one.size(), one.drop(), one.score()));
        }
        tests.forEach(test -> text.append(String.format(
                Locale.ROOT, "test of %s at %s: %s\n", test.candidate, test.sparsity, test.result.sentence())));
        tried.stream()
                .flatMap(one -> one.runs().stream())
                .flatMap(run -> run.problem().map(why -> run.candidate() + " left out: " + why + "\n").stream())
                .distinct()
                .forEach(text::append);
        return text.append(verdict()).append('\n').toString();
    }

    private static String line(int width, String name, double sparsity, double size, double drop, double score) {
        return String.format(
                Locale.ROOT, "%-" + width + "s %8s %12s %9.5f %10s\n", name, sparsity, number(size), drop,
                Double.isNaN(score) ? "" : String.format(Locale.ROOT, "%.5f", score));
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    /** The report as JSON; {@link #fromJson} reads it back. */
    public Json.Obj toJson() {
        return RecordJson.write(this);
    }

    /**
     * Reads a report.
     *
     * @throws FormatException if a member is missing or of another kind
     */
    public static SearchReport fromJson(Json.Obj json) throws FormatException {
        return RecordJson.read(SearchReport.class, json, "search report");
    }
}
