package org.espalier.examples.report.page;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures of one color, from fully transparent to fully opaque: they suit a light page and a dark one. */
final class Png {
    private static final int SHADES = 256;
    private static final int[] COLOR = {0x3F, 0x9A, 0x64};

    private Png() {}

    /** A file of shades, row by row. */
    static byte[] of(int height, int width, byte[] shades) {
        var palette = new byte[4][SHADES];
        for (int i = 0; i < SHADES; i++) {
            for (int channel = 0; channel < COLOR.length; channel++) {
                palette[channel][i] = (byte) COLOR[channel];
            }
            palette[3][i] = (byte) i;
        }
        var colors = new IndexColorModel(8, SHADES, palette[0], palette[1], palette[2], palette[3]);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, colors);
        image.getRaster().setDataElements(0, 0, width, height, shades);
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
