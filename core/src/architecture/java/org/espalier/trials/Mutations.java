package org.espalier.trials;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages files at random: a few small changes of the kinds that find bugs in parsers. */
public final class Mutations {

    private static final byte[] BYTES = {
        0, 1, -1, 0x7F, -0x80, '0', '9', '"', '\'', '\\', '{', '}', '[', ']', ',', ':', '\n'
    };
    private static final List<String> NUMBERS = List.of(
            "0", "-1", "1e3", "255", "65536", "2147483647", "2147483648", "4294967296", "9223372036854775807",
            "9223372036854775808", "18446744073709551615", "1".repeat(40));

    private final SplittableRandom random;

    /** Whose damages follow from a seed. */
    public Mutations(SplittableRandom random) {
        this.random = random;
    }

    /** One of the files, changed in one to four places. */
    public byte[] damage(List<byte[]> files) {
        byte[] file = files.get(random.nextInt(files.size())).clone();
        for (int change = 1 + random.nextInt(4); change > 0; change--) {
            file = once(file, files);
        }
        return file;
    }

    private byte[] once(byte[] file, List<byte[]> files) {
        if (file.length == 0) {
            return new byte[random.nextInt(64)];
        }
        int from = random.nextInt(file.length);
        int to = Math.min(file.length, from + 1 + random.nextInt(1 << random.nextInt(1, 8)));
        return switch (random.nextInt(9)) {
            case 0 -> with(file, from, (byte) (file[from] ^ 1 << random.nextInt(8)));
            case 1 -> with(file, from, BYTES[random.nextInt(BYTES.length)]);
            case 2 -> with(file, from, (byte) random.nextInt(256));
            case 3 -> join(file, from, new byte[0], to);
            case 4 -> join(file, to, Arrays.copyOfRange(file, from, to), to);
            case 5 -> Arrays.copyOf(file, from);
            case 6 -> join(file, from, number(), endOfDigits(file, from));
            case 7 -> {
                byte[] other = files.get(random.nextInt(files.size()));
                int start = random.nextInt(other.length + 1);
                yield join(file, from, Arrays.copyOfRange(other, start, other.length), file.length);
            }
            default -> {
                var noise = new byte[to - from];
                random.nextBytes(noise);
                yield join(file, from, noise, to);
            }
        };
    }

    private byte[] number() {
        return NUMBERS.get(random.nextInt(NUMBERS.size())).getBytes(StandardCharsets.US_ASCII);
    }

    private static int endOfDigits(byte[] file, int from) {
        int to = from;
        while (to < file.length && file[to] >= '0' && file[to] <= '9') {
            to++;
        }
        return to;
    }

    private static byte[] with(byte[] file, int at, byte value) {
        file[at] = value;
        return file;
    }

    private static byte[] join(byte[] file, int headEnd, byte[] middle, int tailStart) {
        var out = new ByteArrayOutputStream();
        out.write(file, 0, headEnd);
        out.writeBytes(middle);
        out.write(file, tailStart, file.length - tailStart);
        return out.toByteArray();
    }
}
