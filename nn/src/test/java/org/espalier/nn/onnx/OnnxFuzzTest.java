package org.espalier.nn.onnx;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.espalier.io.FormatException;
import org.espalier.trials.DamagedInputs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Throws damaged graphs at the reader of ONNX files, and runs what can be run. */
@Tag("trials")
class OnnxFuzzTest {
    @Test
    @Timeout(value = 12, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDamagedGraphIsReadOrRefusedAndTakesLittleMemoryAndTime() throws Exception {
        // One of them has its weights in a file beside it, which bytes alone do not have.
        var good = OnnxFuzzer.seeds().stream().filter(OnnxFuzzer::reads).toList();
        new DamagedInputs<>("ONNX", OnnxFile::read, FormatException.class, OnnxFuzzTest::models)
                .tryAll(good, OnnxFuzzer.corpus());
    }

    /** The models of a graph can be made and run, or are refused. */
    private static void models(OnnxFile read) throws IOException {
        OnnxFuzzer.reads(read);
        OnnxFuzzer.runs(read);
    }

    @Test
    void theCorpusIsReadOrRefused() throws Exception {
        new DamagedInputs<>("ONNX", OnnxFile::read, FormatException.class, OnnxFuzzTest::models)
                .tryCorpus(List.copyOf(OnnxFuzzer.corpus()));
    }
}
