package org.espalier.nn.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.espalier.nn.Layer;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.DivergenceException;
import org.espalier.nn.optim.GradientClipping;
import org.espalier.nn.optim.Optimizer;
import org.espalier.parallel.Parallelism;
import org.espalier.tensor.Tensor;

/**
 * Trains a model on a dataset, epoch by epoch:
 *
 * {@snippet :
 * import org.espalier.nn.*;
 * import org.espalier.tensor.*;
 * var rows = Rng.of(1).normal(Shape.of(200, 4), 1);
 * var data = Dataset.of(rows, rows.slice(1, 0, 1).times(3)).split(0.8, 1);
 * var model = Sequential.of(Linear.of(4, 16), Activation.relu(), Linear.of(16, 1));
 * TrainingResult result = Trainer.of(model, Loss.meanSquaredError(), Optimizer.adam(1e-2f))
 *         .batchSize(20).epochs(5).keepBest().listen(Progress.to(new StringBuilder()))
 *         .fit(data.train(), data.validation());
 * }
 *
 * <p>A trainer is an immutable value: every method but {@code fit} returns another one, and a
 * result that is not used is lost. The same model, data, settings
 * and seed give the same bits, on any number of threads, interrupted and resumed or not. A fit begins with a fresh
 * optimizer unless it {@linkplain #resumeFrom continues from a checkpoint}.
 */
public final class Trainer {
    private final Settings settings;

    private Trainer(Settings settings) {
        this.settings = settings;
    }

    /**
     * A trainer that minimizes a loss of output and target, in batches of 32 over 10 epochs with seed 0. The score is
     * the metric {@linkplain Metric#fitting fitting} the loss: accuracy for classes, for several yes-or-no outputs
     * their accuracy label by label, else the loss itself.
     */
    public static Trainer of(Layer model, Loss loss, Optimizer optimizer) {
        return of(model, Objective.of(loss), optimizer).with(copy -> copy.loss = loss);
    }

    /** A trainer that minimizes a custom objective; to validate, choose a {@link #metric}. */
    public static Trainer of(Layer model, Objective objective, Optimizer optimizer) {
        var settings = new Settings();
        settings.model = Objects.requireNonNull(model, "model");
        settings.objective = Objects.requireNonNull(objective, "objective");
        settings.optimizer = Objects.requireNonNull(optimizer, "optimizer");
        return new Trainer(settings);
    }

    private Trainer with(Consumer<Settings> change) {
        var copy = settings.copy();
        change.accept(copy);
        return new Trainer(copy);
    }

    private static int atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, not " + value);
        }
        return value;
    }

    /** The same training for another model: a copy, or a pruned one. */
    public Trainer model(Layer model) {
        return with(copy -> copy.model = Objects.requireNonNull(model, "model"));
    }

    /** The score of an epoch on the validation samples. */
    public Trainer metric(Metric metric) {
        return with(copy -> copy.metric = Objects.requireNonNull(metric, "metric"));
    }

    /** A limit on gradients before each step. */
    public Trainer clip(GradientClipping clipping) {
        return with(copy -> copy.clipping = Objects.requireNonNull(clipping, "clipping"));
    }

    /** Samples per step; throws {@link IllegalArgumentException} if not positive. */
    public Trainer batchSize(int samples) {
        return with(copy -> copy.batchSize = atLeastOne("the batch size", samples));
    }

    /**
     * Takes a step for the gradients of this many batches together, as one of a larger batch would be, with the memory
     * of a small one. The last step of an epoch may be of fewer.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Trainer accumulate(int batches) {
        return with(copy -> copy.accumulation = atLeastOne("batches per step", batches));
    }

    /**
     * Leaves out the last batch of an epoch if it is smaller than the others. Without this, a last batch of a single
     * sample, which batch normalization cannot learn from, joins the batch before it if the model has such a layer.
     */
    public Trainer dropLast() {
        return with(copy -> copy.dropLast = true);
    }

    /** How often to go through the samples; throws {@link IllegalArgumentException} if not positive. */
    public Trainer epochs(int epochs) {
        return with(copy -> copy.epochs = atLeastOne("epochs", epochs));
    }

    /** What shuffling and dropout are drawn from. */
    public Trainer seed(long seed) {
        return with(copy -> copy.seed = seed);
    }

    /** One more listener. */
    public Trainer listen(Listener listener) {
        var more = new ArrayList<>(settings.listeners);
        more.add(Objects.requireNonNull(listener, "listener"));
        return with(copy -> copy.listeners = List.copyOf(more));
    }

    /** Ends training when the score stops improving; needs validation samples. */
    public Trainer earlyStopping(EarlyStopping stopping) {
        return with(copy -> copy.stopping = Objects.requireNonNull(stopping, "stopping"));
    }

    /** Lowers the learning rate when the score stops improving; needs validation samples. */
    public Trainer reduceOnPlateau(ReduceOnPlateau plateau) {
        return with(copy -> copy.plateau = Objects.requireNonNull(plateau, "plateau"));
    }

    /**
     * Leaves the model, in the end, as it was after the epoch with the best score, masks included; needs validation
     * samples.
     */
    public Trainer keepBest() {
        return with(copy -> copy.keepBest = true);
    }

    /**
     * Goes through the learning rates of the last epochs of a training of {@code epochs}, instead of those of its
     * first: rewinding of the learning rate (Renda, Frankle and Carbin, ICLR 2020, arXiv 2003.02389). Longer trainings
     * than that begin with its first epoch. Throws {@link IllegalArgumentException} if not positive.
     */
    public Trainer rewindLearningRate(int epochs) {
        return with(copy -> copy.rewindEpochs = atLeastOne("the epochs of the first training", epochs));
    }

    /** Adds a penalty to the objective; the loss of validation goes without. */
    public Trainer penalty(Function<Layer, Tensor> penalty) {
        Objects.requireNonNull(penalty, "penalty");
        return with(copy -> copy.objective = copy.objective.withPenalty(penalty));
    }

    /** Lets masks move by the gradient at some steps, instead of the weights. */
    public Trainer updateMasks(MaskUpdater masks) {
        return with(copy -> copy.masks = Objects.requireNonNull(masks, "masks"));
    }

    /** Writes a checkpoint after every epoch, when interrupted and at the end. */
    public Trainer checkpoint(Path path) {
        return with(copy -> copy.checkpointPath = Objects.requireNonNull(path, "path"));
    }

    /** Writes a checkpoint also every few steps; throws {@link IllegalArgumentException} if they are not positive. */
    public Trainer checkpoint(Path path, int everySteps) {
        int every = atLeastOne("steps between checkpoints", everySteps);
        return checkpoint(path).with(copy -> copy.checkpointEvery = every);
    }

    /** Continues an earlier run: {@link #fit} sets the model, masks included, and the optimizer to what they were. */
    public Trainer resumeFrom(Checkpoint checkpoint) {
        return with(copy -> copy.start = Objects.requireNonNull(checkpoint, "checkpoint"));
    }

    /** Spreads the work of each step over these threads; the pool stays the caller's. */
    public Trainer parallelism(Parallelism threads) {
        return with(copy -> copy.parallelism = Objects.requireNonNull(threads, "threads"));
    }

    /**
     * Whether it stops early, keeps the best epoch or lowers the learning rate, for which it needs validation samples.
     */
    public boolean needsValidation() {
        return settings.keepBest || settings.stopping != null || settings.plateau != null;
    }

    /**
     * Trains without validation.
     *
     * @throws IllegalArgumentException see {@link #fit(Dataset, Dataset)}
     * @throws DivergenceException see {@link #fit(Dataset, Dataset)}
     */
    public TrainingResult fit(Dataset train) {
        return run(train, null);
    }

    /**
     * Trains, and validates after every epoch. If the thread is interrupted, training ends after the step under way,
     * with the interrupt flag still set.
     *
     * @throws IllegalArgumentException if there are no samples to train on, if early stopping, keeping the best or
     *     reducing the learning rate lacks something to score, or if the checkpoint to continue from is of another
     *     configuration or model; nothing has changed then. Also, after training has begun, if a sample holds NaN or
     *     infinity that makes the loss so, or if the score of the first epoch, by which to go on, is NaN
     * @throws DivergenceException if the objective, or a parameter at the end of an epoch, is NaN or infinite, or if
     *     clipping finds such a gradient
     * @throws java.io.UncheckedIOException if a checkpoint cannot be written
     */
    public TrainingResult fit(Dataset train, Dataset validation) {
        return run(train, Objects.requireNonNull(validation, "validation"));
    }

    private TrainingResult run(Dataset train, Dataset validation) {
        var run = new TrainingRun(settings, train, validation);
        return settings.parallelism == null ? run.run() : settings.parallelism.call(run::run);
    }
}
