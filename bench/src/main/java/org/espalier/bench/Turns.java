package org.espalier.bench;

import java.util.ArrayList;
import java.util.List;

/** Times things against each other in one process: short turns that alternate, so that what disturbs falls on all. */
final class Turns {
    private Turns() {}

    /**
     * Nanoseconds per execution.
     *
     * @param works what to time; each is run until it is compiled first
     * @param turns how many turns each has
     * @param length nanoseconds of a turn, at least one execution
     * @return for each work the time of each of its turns
     */
    static List<List<Double>> of(List<Runnable> works, int turns, long length) {
        works.forEach(work -> new CompilerWarmUp(work).untilCompiled());
        return ofCompiled(works, turns, length);
    }

    /** The same of works whose code has been run enough before. */
    static List<List<Double>> ofCompiled(List<Runnable> works, int turns, long length) {
        works.forEach(Runnable::run);
        List<List<Double>> times = new ArrayList<>();
        works.forEach(work -> times.add(new ArrayList<>()));
        for (int turn = 0; turn < turns; turn++) {
            for (int i = 0; i < works.size(); i++) {
                // every second time the other way round: none always follows the same one
                int place = turn % 2 == 0 ? i : works.size() - 1 - i;
                times.get(place).add(turn(works.get(place), length));
            }
        }
        return times;
    }

    /**
     * Turn by turn, the time of the second of two works by that of the first: what disturbed a turn disturbed both.
     *
     * @param times of the two, as {@link #of} returns them
     */
    static List<Double> ratios(List<List<Double>> times) {
        var ratios = new ArrayList<Double>();
        for (int turn = 0; turn < times.getFirst().size(); turn++) {
            ratios.add(times.get(1).get(turn) / times.get(0).get(turn));
        }
        return ratios;
    }

    private static double turn(Runnable work, long length) {
        long start = System.nanoTime();
        long passed = 0;
        int runs = 0;
        while (passed < length) {
            work.run();
            runs++;
            passed = System.nanoTime() - start;
        }
        return (double) passed / runs;
    }
}
