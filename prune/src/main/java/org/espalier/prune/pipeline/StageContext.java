package org.espalier.prune.pipeline;

import java.util.List;
import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.nn.metrics.Measure;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.deploy.LatencyTable;

/**
 * What a stage works with.
 *
 * @param model the model, changed in place
 * @param calibration the examples that may be looked at
 * @param measures the pipeline's measures
 * @param costs what layers cost, if budgets of time or predictions of it are wanted
 * @param formats where a stage of deployment takes its table from
 */
record StageContext(
        Layer model,
        Calibration calibration,
        List<Measure> measures,
        Optional<LatencyTable> costs,
        FormatSource formats) {}
