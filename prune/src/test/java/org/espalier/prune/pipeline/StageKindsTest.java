package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StageKindsTest {
    @Test
    void everyStageHasOneKind() {
        var permitted = Arrays.stream(Stage.class.getPermittedSubclasses()).collect(Collectors.toSet());

        assertEquals(permitted, StageKinds.all().stream().map(StageKind::type).collect(Collectors.toSet()));
        assertEquals(permitted.size(), StageKinds.all().stream().map(StageKind::word).distinct().count());
        StageKinds.all().forEach(kind -> assertEquals(kind, StageKinds.parse(kind.word())));
    }
}
