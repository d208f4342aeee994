package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.io.FileKind;
import org.espalier.nn.table.Schema;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which samples a command works on, and how they are read. */
final class DataOptions {
    /** How numbers of a target are meant. */
    enum Task {
        /** Told from the values. */
        AUTO,
        /** As classes. */
        CLASSES,
        /** As numbers. */
        NUMBER
    }

    @Option(names = "--data", paramLabel = "PATH",
            description = "A CSV file, a NumPy archive (.npz), an IDX file of images, or a folder with the four files "
                    + "of MNIST or a data set like it.")
    private Path data;

    @Option(names = "--target", paramLabel = "COLUMN",
            description = "The column to predict, or the array of an archive. Default: the model's. Several columns "
                    + "of 0 and 1 are labels: repeat the option.")
    private List<String> targets = List.of();

    @Option(names = "--drop", split = ",", paramLabel = "COLUMN", description = "Columns to leave out.")
    private String[] drop = {};

    @Option(names = "--categories", split = ",", paramLabel = "COLUMN",
            description = "Columns of numbers that are names, such as postal codes. Columns of words always are.")
    private String[] categories = {};

    @Option(names = "--task", paramLabel = "TASK",
            description = "Take a numeric target for ${COMPLETION-CANDIDATES}. Default: told from its values.")
    private Task task = Task.AUTO;

    @Option(names = "--test", paramLabel = "PATH", description = "More rows, to be looked at once at the end.")
    private Path test;

    @Option(names = "--labels", paramLabel = "PATH", description = "The IDX file of labels that belongs to --data.")
    private Path labels;

    @Option(names = "--inputs", paramLabel = "ARRAY",
            description = "The array of inputs in an archive. Default: x or X.")
    private String inputs;

    @Option(names = "--rows", paramLabel = "N", description = "Use the first N rows only.")
    private int rows = Integer.MAX_VALUE;

    @Option(names = "--skip", paramLabel = "N", description = "Leave out the first N rows, such as those learned from.")
    private int skip;

    @Mixin
    private CsvFormat format;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Whether data are named. */
    boolean isGiven() {
        return data != null;
    }

    /** Reads the samples to train a new model with. */
    Data read() throws IOException {
        return read(Optional.empty());
    }

    /** Reads samples for a model: with the columns and the words of its schema, if it has one. */
    Data read(Optional<Schema> schema) throws IOException {
        if (data == null) {
            throw new ParameterException(spec.commandLine(), "--data is missing: which samples?");
        }
        if (rows < 1) {
            throw new ParameterException(spec.commandLine(), "--rows must be at least 1, not " + rows);
        }
        var read = read(data, schema);
        if (read.size() == 0) {
            throw new IllegalArgumentException(data + " has no rows");
        }
        if (skip < 0 || skip >= read.size()) {
            throw new ParameterException(spec.commandLine(), data + " has " + read.size() + " rows; --skip " + skip
                    + " leaves none");
        }
        var some = read.range(skip, rows);
        return test == null ? some : some.withTest(tested(read).rows());
    }

    private Data tested(Data read) throws IOException {
        var known = read.table().map(table -> table.schema());
        return read(test, known);
    }

    private Data read(Path path, Optional<Schema> schema) throws IOException {
        if (Files.isDirectory(path)) {
            return ImageData.folder(path);
        }
        return switch (kind(path)) {
            case IDX -> ImageData.pair(path, labels);
            case GZIP -> ImageData.pair(path, labels);
            case NPZ -> new ArchiveData(path, Optional.ofNullable(inputs), targets, task).read();
            case TEXT, JSON -> new TableData(path, format, targets, drop, categories, task, this::note).read(schema);
            case EMPTY -> throw new IllegalArgumentException(path + " is empty");
            default -> throw FileKind.mismatch(path.toString(), head(path),
                    "a CSV file, an .npz archive, IDX files or a folder of them");
        };
    }

    private void note(String text) {
        var quiet = spec.findOption("--quiet");
        if (quiet == null || !quiet.<Boolean>getValue()) {
            spec.commandLine().getErr().println("note: " + text);
            spec.commandLine().getErr().flush();
        }
    }

    private static FileKind kind(Path path) throws IOException {
        return FileKind.of(head(path));
    }

    /** The first bytes of a file. */
    static byte[] head(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        try (var in = Files.newInputStream(path)) {
            return in.readNBytes(FileKind.HEAD);
        }
    }
}
