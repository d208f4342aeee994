package org.espalier.prune.pipeline;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.espalier.prune.criterion.Calibration;
import org.espalier.tensor.Tensor;

/** SHA-256 in hexadecimal digits, which identifies data. */
final class Fingerprint {
    private Fingerprint() {}

    /** That of a text in UTF-8. */
    static String of(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** That of the batches: shapes and the bits of the values. A loss is code and has none. */
    static String of(Calibration calibration) {
        var digest = sha256();
        for (var batch : calibration.batches()) {
            add(digest, batch.inputs());
            add(digest, batch.targets());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, Tensor tensor) {
        digest.update((tensor.shape() + "\n").getBytes(StandardCharsets.UTF_8));
        float[] values = tensor.toArray();
        var bytes = ByteBuffer.allocate(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
