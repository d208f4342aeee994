package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class RngTest {
    /** Known answers for philox4x32 with ten rounds, from the file kat_vectors of Random123. */
    @Test
    void philoxGivesThePublishedAnswers() {
        assertBlock("6627e8d5 e169c58d bc57ac4c 9b00dbd8", 0, 0, 0);
        assertBlock("408f276d 41c83b0e a20bc7c6 6d5451fd", -1, -1, -1);
        assertBlock("d16cfe09 94fdcceb 5001e420 24126ea1",
                0x85a308d3_243f6a88L, 0x03707344_13198a2eL, 0x299f31d0_a4093822L);
    }

    private static void assertBlock(String expected, long counter, long stream, long key) {
        var block = new int[4];
        Philox.block(counter, stream, key, block);
        var words = Arrays.stream(block).mapToObj("%08x"::formatted).toList();
        assertEquals(expected, String.join(" ", words));
    }

    @Test
    void wordsAreTheBlocksInOrder() {
        var rng = Rng.of(42);
        var block = new int[4];
        for (int counter = 0; counter < 3; counter++) {
            Philox.block(counter, 0, 42, block);
            for (int word : block) {
                assertEquals(word, rng.nextInt());
            }
        }
    }

    @Test
    void manyWordsAtOnceAreTheSameWords() {
        for (int begin : new int[] {0, 1, 3}) {
            for (int length : new int[] {0, 1, 5, 255, 256, 257, 260, 1000}) {
                var one = Rng.of(42).split(9);
                var many = Rng.of(42).split(9);
                for (int i = 0; i < begin; i++) {
                    one.nextInt();
                    many.nextInt();
                }
                var words = new int[length];
                many.nextInts(words);
                for (int word : words) {
                    assertEquals(one.nextInt(), word);
                }
                assertEquals(one.state(), many.state());
                assertEquals(one.nextInt(), many.nextInt());
            }
        }
    }

    @Test
    void manyWordsAtOnceCarryIntoTheUpperHalfOfTheCounter() {
        // Block 2³² − 1 is followed by one whose counter has a 1 in its upper word.
        var state = new Rng.State(5, 6, 4 * ((1L << 32) - 3));
        var one = Rng.at(state);
        var words = new int[300];
        Rng.at(state).nextInts(words);
        for (int word : words) {
            assertEquals(one.nextInt(), word);
        }
    }

    @Test
    void itContinuesFromItsStateAtEveryPosition() {
        var rng = Rng.of(7).split(3);
        for (int i = 0; i < 11; i++) {
            var resumed = Rng.at(rng.state());
            assertEquals(rng.state(), resumed.state());
            assertEquals(rng.nextInt(), resumed.nextInt());
            assertEquals(rng.state(), resumed.state());
        }
        assertEquals(11, rng.state().position());
    }

    @Test
    void splittingDoesNotAdvanceAndDependsOnTheLabelAlone() {
        var rng = Rng.of(1);
        var before = rng.state();
        var first = rng.split(5).state();
        assertEquals(before, rng.state());
        rng.nextInt();
        assertEquals(first, rng.split(5).state());
        assertNotEquals(first, rng.split(6).state());
        assertNotEquals(first, Rng.of(2).split(5).state());
        assertNotEquals(first, rng.split(5).split(5).state());
    }

    @Test
    void streamsOfDifferentSplitsDoNotCorrelate() {
        var seen = new HashSet<Integer>();
        int agreeing = 0;
        for (int label = 0; label < 64; label++) {
            var a = Rng.of(9).split(label);
            var b = Rng.of(9).split(label + 1);
            for (int i = 0; i < 256; i++) {
                int word = a.nextInt();
                seen.add(word);
                agreeing += 32 - Integer.bitCount(word ^ b.nextInt());
            }
        }
        // 64·256 draws from 2³² collide 0.03 times on average; the bits agree in half of 524,288 places, σ = 362.
        assertTrue(seen.size() >= 64 * 256 - 2, "distinct words " + seen.size());
        assertEquals(262_144, agreeing, 5 * 362);
    }

    @Test
    void boundedIntegersAreUniform() {
        var rng = Rng.of(3);
        int bound = 10;
        int draws = 100_000;
        var counts = new int[bound];
        for (int i = 0; i < draws; i++) {
            counts[rng.nextInt(bound)]++;
        }
        double expected = (double) draws / bound;
        double chiSquare = Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
        assertTrue(chiSquare < 27.9, "χ² with 9 degrees of freedom passes 27.9 once in 1,000 times: " + chiSquare);
    }

    /** Without rejection, eight words share three results as 3 + 3 + 2: a remainder of 2 would come too rarely. */
    @Test
    void boundedIntegersHaveNoBiasWhereTheBoundIsLarge() {
        var rng = Rng.of(4);
        int bound = 3 << 29;
        int draws = 60_000;
        int twos = 0;
        for (int i = 0; i < draws; i++) {
            int x = rng.nextInt(bound);
            assertTrue(x >= 0 && x < bound);
            twos += x % 3 == 2 ? 1 : 0;
        }
        assertEquals(draws / 3.0, twos, 5 * Math.sqrt(draws * 2.0 / 9));
        assertEquals(0, rng.nextInt(1));
        assertThrows(IllegalArgumentException.class, () -> rng.nextInt(0));
    }

    @Test
    void floatsAreUniformInTheUnitInterval() {
        var rng = Rng.of(5);
        var counts = new int[16];
        int draws = 160_000;
        for (int i = 0; i < draws; i++) {
            float x = rng.nextFloat();
            assertTrue(x >= 0 && x < 1);
            counts[(int) (x * 16)]++;
        }
        double expected = draws / 16.0;
        double chiSquare = Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
        assertTrue(chiSquare < 37.7, "χ² with 15 degrees of freedom passes 37.7 once in 1,000 times: " + chiSquare);
    }

    @Test
    void normalNumbersHaveTheMomentsAndTailsOfTheNormalDistribution() {
        int n = 200_000;
        float[] x = Rng.of(6).normal(Shape.of(n), 1).toArray();
        var moments = new double[5];
        int beyondTwo = 0;
        for (float each : x) {
            for (int k = 1; k < 5; k++) {
                moments[k] += Math.pow(each, k) / n;
            }
            beyondTwo += Math.abs(each) > 2 ? 1 : 0;
        }
        // Standard errors of the first four moments: √(1, 2, 15, 96) / √n.
        assertEquals(0, moments[1], 4 * Math.sqrt(1.0 / n));
        assertEquals(1, moments[2], 4 * Math.sqrt(2.0 / n));
        assertEquals(0, moments[3], 4 * Math.sqrt(15.0 / n));
        assertEquals(3, moments[4], 4 * Math.sqrt(96.0 / n));
        assertEquals(0.0455, (double) beyondTwo / n, 4 * Math.sqrt(0.0455 / n));
    }

    @Test
    void tensorsHaveTheRequestedScale() {
        var uniform = Rng.of(8).uniform(Shape.of(4, 5), -3, -1);
        assertEquals(Shape.of(4, 5), uniform.shape());
        for (float x : uniform.toArray()) {
            assertTrue(x >= -3 && x < -1);
        }
        float[] narrow = Rng.of(8).normal(Shape.of(100), 0.5f).toArray();
        float[] unit = Rng.of(8).normal(Shape.of(100), 1).toArray();
        for (int i = 0; i < 100; i++) {
            assertEquals(0.5f * unit[i], narrow[i]);
        }
    }

    /** high − low overflows a float here; a uniform number is below a quarter of the way with probability ¼. */
    @Test
    void anIntervalMayBeWiderThanTheLargestFloat() {
        int below = 0;
        float[] drawn = Rng.of(10).uniform(Shape.of(4000), -3e38f, 3e38f).toArray();
        for (float x : drawn) {
            assertTrue(x >= -3e38f && x < 3e38f);
            below += x < -1.5e38f ? 1 : 0;
        }
        assertEquals(1000, below, 4 * Math.sqrt(4000 * 0.25 * 0.75));
    }

    @Test
    void scalesMustBeFinite() {
        float infinity = Float.POSITIVE_INFINITY;
        assertThrows(IllegalArgumentException.class, () -> Rng.of(9).uniform(Shape.of(2), 0, infinity));
        assertThrows(IllegalArgumentException.class, () -> Rng.of(9).uniform(Shape.of(2), Float.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> Rng.of(9).normal(Shape.of(2), infinity));
        assertThrows(IllegalArgumentException.class, () -> Rng.of(9).normal(Shape.of(2), -1));
        assertThrows(IllegalArgumentException.class, () -> Rng.of(9).normal(Shape.of(2), Float.NaN));
        assertEquals(0, Rng.of(9).normal(Shape.of(0), infinity).size());
    }

    /** 1 + (1 − 2⁻²⁴) rounds to 2: one draw in 2²⁴ would, so the smallest interval above 1 makes it certain. */
    @Test
    void theUpperEndOfAnIntervalIsNeverReached() {
        for (float x : Rng.of(9).uniform(Shape.of(1000), 1, Math.nextUp(1f)).toArray()) {
            assertEquals(1f, x);
        }
        assertArrayEquals(new float[] {2, 2}, Rng.of(9).uniform(Shape.of(2), 2, 2).toArray());
        assertThrows(IllegalArgumentException.class, () -> Rng.of(9).uniform(Shape.of(2), 2, 1));
    }

    @Test
    void permutationsHoldEveryNumberOnceAndAreUniform() {
        assertArrayEquals(new int[0], Rng.of(1).permutation(0));
        var rng = Rng.of(10);
        var counts = new int[27];
        for (int i = 0; i < 6000; i++) {
            int[] order = rng.permutation(3);
            var sorted = order.clone();
            Arrays.sort(sorted);
            assertArrayEquals(new int[] {0, 1, 2}, sorted);
            counts[9 * order[0] + 3 * order[1] + order[2]]++;
        }
        double chiSquare = Arrays.stream(counts).filter(c -> c > 0).mapToDouble(c -> (c - 1e3) * (c - 1e3) / 1e3).sum();
        assertEquals(6, Arrays.stream(counts).filter(c -> c > 0).count());
        assertTrue(chiSquare < 20.5, "χ² with 5 degrees of freedom passes 20.5 once in 1,000 times: " + chiSquare);
    }
}
