package org.espalier.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.espalier.bench.peer.Peer;

/**
 * What one process measures: some rows of one section, with as many threads, done by one peer.
 *
 * @param group number of the group of rows; the jobs of a group follow each other at once
 * @param peer the peer's name
 * @param rows the rows, in their order
 */
record Job(int group, String peer, List<BenchRow> rows) {
    /** The most rows: the peers of a row run within a minute or so of each other. */
    private static final int MOST = 16;

    /** Rows that may share a process. */
    private record Kind(String section, int threads) {}

    /** The jobs of one round, in the order of the rows and of the peers. */
    static List<Job> plan(List<BenchRow> rows, List<Peer> peers) {
        var kinds = new LinkedHashMap<Kind, List<BenchRow>>();
        for (var row : rows) {
            kinds.computeIfAbsent(new Kind(row.section(), row.task().threads()), kind -> new ArrayList<>()).add(row);
        }
        var jobs = new ArrayList<Job>();
        int group = 0;
        for (var all : kinds.values()) {
            for (int from = 0; from < all.size(); from += MOST, group++) {
                for (var peer : peers) {
                    var offered = all.subList(from, Math.min(all.size(), from + MOST)).stream()
                            .filter(row -> peer.offer(row.task()).isPresent())
                            .toList();
                    if (!offered.isEmpty()) {
                        jobs.add(new Job(group, peer.name(), offered));
                    }
                }
            }
        }
        return jobs;
    }

    /** The groups in their order, the peers of each in reverse. */
    static List<Job> reversedWithinGroups(List<Job> jobs) {
        var byGroup = new LinkedHashMap<Integer, List<Job>>();
        jobs.forEach(job -> byGroup.computeIfAbsent(job.group(), group -> new ArrayList<>()).addFirst(job));
        return byGroup.values().stream().flatMap(List::stream).toList();
    }
}
