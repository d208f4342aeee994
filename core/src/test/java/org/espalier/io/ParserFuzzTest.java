package org.espalier.io;

import java.util.concurrent.TimeUnit;
import org.espalier.trials.DamagedInputs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Throws damaged files at every reader; {@code -Despalier.fuzz=1000000} throws that many at each. */
@Tag("trials")
@DisabledIfSystemProperty(named = "espalier.kernels", matches = "vector", disabledReason = "the kernels do not matter")
class ParserFuzzTest {

    private static DamagedInputs<Object> inputs(FuzzTarget target) {
        return new DamagedInputs<>(target.toString(), target::read, FormatException.class, target::check);
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 12, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDamagedFileIsReadOrRefusedAndTakesLittleMemoryAndTime(FuzzTarget target) throws Exception {
        inputs(target).tryAll(target.seeds(), target.corpus());
    }

    @ParameterizedTest
    @EnumSource
    void everyFileOfTheCorpusIsReadOrRefusedAndTakesLittleMemoryAndTime(FuzzTarget target) throws Exception {
        inputs(target).tryCorpus(target.corpus());
    }
}
