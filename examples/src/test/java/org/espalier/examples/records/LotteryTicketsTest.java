package org.espalier.examples.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LotteryTicketsTest {
    private static List<String> lines(String... arguments) {
        var bytes = new ByteArrayOutputStream();
        var command = LotteryTickets.commandLine().setOut(new PrintWriter(bytes, true, StandardCharsets.UTF_8));
        assertEquals(0, command.execute(arguments));
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void eachRoundKeepsFourFifthsOfTheHiddenLayersAndNineTenthsOfTheOutput() {
        var lines = lines("--images", "600", "--epochs", "1", "--rounds", "2", "--seeds", "1");

        // 235,200 + 30,000 weights times 0.8 and 0.64, 1,000 times 0.9 and 0.81, of 266,200
        assertEquals(2 + 4, lines.stream().filter(line -> line.startsWith("|")).count());
        assertTrue(lines.get(2).startsWith("| dense | 100.0 % |"), lines.get(2));
        assertTrue(lines.get(3).startsWith("| ticket of round 1 | 80.0 % |"), lines.get(3));
        assertTrue(lines.get(4).startsWith("| ticket of round 2 | 64.1 % |"), lines.get(4));
        assertTrue(lines.get(5).startsWith("| the last mask, new first values | 64.1 % |"), lines.get(5));
    }
}
