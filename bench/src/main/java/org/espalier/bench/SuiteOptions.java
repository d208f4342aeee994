package org.espalier.bench;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What to run.
 *
 * @param mode the command
 * @param rows which rows, by name
 * @param peers which peers, by name
 * @param rounds how many rounds
 * @param minutes begin no round that would end later than this, the first one excepted; 0 for no limit
 * @param folder where the results go
 * @param width how wide the vectors may be
 * @param before the root of the other build, for before-after alone
 */
record SuiteOptions(
        Mode mode, Pattern rows, Pattern peers, int rounds, int minutes, Path folder, VectorWidth width,
        Optional<Path> before) {
    private static final Path RESULTS = Path.of("results");

    static final String USAGE = """
            usage: quick | full | list | render | breakeven | never-slower | warm-up | step-time | jvm-peers
                    | before-after
              --rows REGEX    only rows whose name contains a match
              --peers REGEX   only peers whose name contains a match
              --rounds N      how often each row is measured, each time in a new process (quick 2, full 5); turns or
                              copies in the one process of breakeven and never-slower (15), turns in the one
                              process of before-after (40), processes of each kind in warm-up (7), processes in
                              step-time and jvm-peers (3)
              --minutes N     begin no round that would end later (quick 10)
              --width BITS    vectors of 512, 256 or 128 bits at most (what the machine has)
              --before FOLDER root of another checkout that is built, whose rows before-after compares with ours
              --out FOLDER    where results are written (results; with a width, the folder of its name there)
            """;

    /** The commands: two runs, a look at what they would do, pages rendered again, runs of other kinds. */
    enum Mode {
        QUICK("quick", 2, 2, 5, 60, 10),
        FULL("RESULTS", 5, 2, 5, 100, 0),
        LIST("", 0, 0, 0, 0, 0),
        RENDER("", 0, 0, 0, 0, 0),
        BREAKEVEN("", 15, 0, 0, 0, 0),
        NEVER_SLOWER("", 15, 0, 0, 0, 0),
        WARM_UP("", 7, 0, 0, 0, 0),
        STEP_TIME("", 3, 0, 0, 0, 0),
        JVM_PEERS("", 3, 0, 0, 0, 0),
        BEFORE_AFTER("", 40, 0, 0, 0, 0);

        /** Name of the files written, without an ending. */
        final String file;
        /** Rounds unless told otherwise. */
        final int rounds;
        /** Iterations of warm-up, after the compiler has become quiet. */
        final int warmups;
        /** Iterations measured. */
        final int iterations;
        /** Length of each. */
        final int milliseconds;
        /** Minutes unless told otherwise. */
        final int minutes;

        Mode(String file, int rounds, int warmups, int iterations, int milliseconds, int minutes) {
            this.file = file;
            this.rounds = rounds;
            this.warmups = warmups;
            this.iterations = iterations;
            this.milliseconds = milliseconds;
            this.minutes = minutes;
        }
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it is wrong; the message says how
     */
    static SuiteOptions parse(String... args) {
        if (args.length == 0) {
            throw new IllegalArgumentException("no command");
        }
        var mode = switch (args[0]) {
            case "quick" -> Mode.QUICK;
            case "full" -> Mode.FULL;
            case "list" -> Mode.LIST;
            case "render" -> Mode.RENDER;
            case "breakeven" -> Mode.BREAKEVEN;
            case "never-slower" -> Mode.NEVER_SLOWER;
            case "warm-up" -> Mode.WARM_UP;
            case "step-time" -> Mode.STEP_TIME;
            case "jvm-peers" -> Mode.JVM_PEERS;
            case "before-after" -> Mode.BEFORE_AFTER;
            default -> throw new IllegalArgumentException("no such command: " + args[0]);
        };
        var options = new SuiteOptions(mode, Pattern.compile(""), Pattern.compile(""), mode.rounds, mode.minutes,
                RESULTS, VectorWidth.MACHINE, Optional.empty());
        for (int i = 1; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            options = options.with(args[i], args[i + 1]);
        }
        if ((mode == Mode.BEFORE_AFTER) != options.before.isPresent()) {
            throw new IllegalArgumentException("before-after, and it alone, needs --before");
        }
        return options.folder.equals(RESULTS)
                ? options.with("--out", RESULTS.resolve(options.width.bits()).toString())
                : options;
    }

    private SuiteOptions with(String name, String value) {
        return switch (name) {
            case "--rows" ->
                    new SuiteOptions(mode, Pattern.compile(value), peers, rounds, minutes, folder, width, before);
            case "--peers" ->
                    new SuiteOptions(mode, rows, Pattern.compile(value), rounds, minutes, folder, width, before);
            case "--rounds" ->
                    new SuiteOptions(mode, rows, peers, Integer.parseInt(value), minutes, folder, width, before);
            case "--minutes" ->
                    new SuiteOptions(mode, rows, peers, rounds, Integer.parseInt(value), folder, width, before);
            case "--out" -> new SuiteOptions(mode, rows, peers, rounds, minutes, Path.of(value), width, before);
            case "--before" ->
                    new SuiteOptions(mode, rows, peers, rounds, minutes, folder, width, Optional.of(Path.of(value)));
            case "--width" ->
                    new SuiteOptions(mode, rows, peers, rounds, minutes, folder, VectorWidth.of(value), before);
            default -> throw new IllegalArgumentException("no such option: " + name);
        };
    }
}
