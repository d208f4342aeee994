package org.espalier.spark.training;

import java.io.IOException;
import java.io.Serializable;
import org.espalier.nn.Layer;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;

/**
 * What is trained, and on what. It travels to the executors, which make model and samples there: the methods must give
 * the same each time and everywhere.
 */
public interface TrainingWork extends Serializable {
    /** The model with its first values and masks. */
    Layer model();

    /** What is minimized. */
    Loss loss();

    /** The rule of every rank; its learning rate is a function of the step. */
    Optimizer optimizer();

    /** Samples in a step of one rank. */
    int batchSize();

    /** The samples of one rank, from 0; read once in each JVM. */
    Dataset samples(int rank, int ranks) throws IOException;
}
