package org.espalier.bench.peer;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.espalier.bench.task.Probe;
import org.espalier.bench.task.Workload;
import org.espalier.parallel.Parallelism;

/** The machine itself: the fastest that Java code gets out of one property of it. */
final class Machine implements Peer {
    static final String NAME = "machine";

    /** A load that begins here, in a line of 64 bytes, ends in the next one. */
    private static final int OFF_LINE = 16;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isPresent() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    @Override
    public String describe() {
        return VectorProbes.lanes() + " float lanes";
    }

    @Override
    public Optional<Supplier<Work>> offer(Workload task) {
        return task instanceof Probe probe ? Optional.of(() -> probe(probe)) : Optional.empty();
    }

    private static Work probe(Probe task) {
        var answers = new float[task.threads()][1];
        return switch (task.kind()) {
            case CLOCK -> together(answers, part -> answers[part][0] = Probe.clockChain(1));
            case FMA_PEAK -> {
                VectorProbes.requireEqualChains();
                yield together(answers, part -> answers[part][0] = VectorProbes.fmaChains(Probe.STEPS));
            }
            default -> read(task, answers);
        };
    }

    private static Work read(Probe task, float[][] answers) {
        int offset = task.kind() == Probe.Kind.READ_L1_SPLIT ? OFF_LINE : 0;
        var values = task.values();
        var memory = new MemorySegment[task.threads()];
        for (int i = 0; i < memory.length; i++) {
            memory[i] = NativeLibrary.aligned(new float[values.length + OFF_LINE]);
            MemorySegment.copy(MemorySegment.ofArray(values), 0, memory[i], offset, task.kind().bytes());
        }
        return together(answers, part -> answers[part][0] =
                VectorProbes.read(memory[part].asSlice(offset, task.kind().bytes()), task.passes()));
    }

    /** Work that every thread does on its own data at the same time. */
    private static Work together(float[][] answers, IntConsumer part) {
        if (answers.length == 1) {
            return Work.filling(answers[0], () -> part.accept(0));
        }
        var pool = Parallelism.of(answers.length);
        return Work.filling(answers[0], () -> pool.forRanges(answers.length, 1, (from, to) -> {
            for (int i = from; i < to; i++) {
                part.accept(i);
            }
        }));
    }
}
