package org.espalier.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.bench.report.Statistics.Spread;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.RecordJson;

/**
 * Everything a run found out.
 *
 * @param environment where and how it ran: names and texts, in order
 * @param peers what each peer says of itself
 * @param rows the rows
 * @param measurements all times
 * @param failures what went wrong, a sentence each
 */
public record Results(
        SequencedMap<String, String> environment,
        SequencedMap<String, String> peers,
        List<RowInfo> rows,
        List<Measurement> measurements,
        List<String> failures) {

    /** The results as JSON; {@link #of} reads them back. */
    public Json.Obj toJson() {
        return RecordJson.write(this);
    }

    /**
     * Reads what {@link #toJson} made.
     *
     * @throws FormatException if it is something else
     */
    public static Results of(Json json) throws FormatException {
        if (!(json instanceof Json.Obj object)) {
            throw new FormatException("results", "not an object");
        }
        return RecordJson.read(Results.class, object, "results");
    }

    /** The row with this name, if it was run. */
    Optional<RowInfo> row(String name) {
        return rows.stream().filter(row -> row.name().equals(name)).findFirst();
    }

    /** The peers that did a row, in the order they were run in first. */
    Set<String> peersOf(RowInfo row) {
        return measurements.stream()
                .filter(one -> one.row().equals(row.name()))
                .map(Measurement::peer)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The time of each round, by round, in nanoseconds. */
    Map<Integer, Double> times(String row, String peer) {
        return measurements.stream()
                .filter(one -> one.row().equals(row) && one.peer().equals(peer))
                .collect(Collectors.toMap(Measurement::round, Measurement::time));
    }

    /** The time in nanoseconds over all rounds. */
    Optional<Spread> time(String row, String peer) {
        var times = times(row, peer).values();
        return times.isEmpty() ? Optional.empty() : Optional.of(Spread.of(List.copyOf(times)));
    }

    /** Whether the machine was disturbed in one of the rounds. */
    boolean isDisturbed(String row, String peer) {
        return measurements.stream()
                .anyMatch(one -> one.row().equals(row) && one.peer().equals(peer) && one.disturbed().orElse(false));
    }

    /** Bits of our vectors, 512 where an old run does not say. */
    int vectorBits() {
        var said = environment.get("vectors");
        return said == null ? 512 : Integer.parseInt(said.replace(" bits", ""));
    }

    /** Whether our vectors were narrower than those that the machine has. */
    boolean isNarrowed() {
        return vectorBits() < 512 && environment.getOrDefault("processor", "").contains("AVX-512");
    }

    /** The median time in nanoseconds. */
    OptionalDouble median(String row, String peer) {
        return time(row, peer).map(time -> OptionalDouble.of(time.median())).orElse(OptionalDouble.empty());
    }

    /** The ways that a peer chose, in the order of the rounds. */
    String note(String row, String peer) {
        return measurements.stream()
                .filter(one -> one.row().equals(row) && one.peer().equals(peer))
                .flatMap(one -> one.note().stream())
                .filter(note -> !note.isEmpty())
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    /** The most that a peer allocated per execution. */
    double allocated(String row, String peer) {
        return measurements.stream()
                .filter(one -> one.row().equals(row) && one.peer().equals(peer))
                .mapToDouble(Measurement::allocatedBytes)
                .max()
                .orElse(Double.NaN);
    }

    /**
     * How many times longer {@code slow} took than {@code fast}: the quotient within each round, whose two processes
     * ran close together in time, then the median of the rounds.
     */
    Optional<Spread> ratio(String row, String slow, String fast) {
        return ratio(times(row, slow), times(row, fast));
    }

    /** The same for times by round. */
    static Optional<Spread> ratio(Map<Integer, Double> slow, Map<Integer, Double> fast) {
        var ratios = new ArrayList<Double>();
        slow.forEach((round, time) -> {
            if (fast.containsKey(round)) {
                ratios.add(time / fast.get(round));
            }
        });
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
    }
}
