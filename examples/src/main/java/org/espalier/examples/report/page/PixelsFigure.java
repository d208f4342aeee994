package org.espalier.examples.report.page;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.espalier.examples.report.RunRecord;

/** The pixels that are still read, as a picture. */
final class PixelsFigure {
    private PixelsFigure() {}

    static Optional<Figure> of(RunRecord run) {
        return run.data().image().flatMap(size -> run.inputs()
                .filter(inputs -> inputs.all().size() == size.height() * size.width())
                .map(inputs -> figure(size, inputs)));
    }

    private static Figure figure(RunRecord.Size size, RunRecord.Inputs inputs) {
        long read = inputs.all().stream().filter(RunRecord.InputUse::read).count();
        var sentence = String.format("The pruned network reads %s of %s pixels. The stronger the color, the larger is "
                + "%s.", Words.count(read), Words.count(inputs.all().size()), inputs.measure());
        var pictures = List.of(
                picture("dense", size, inputs, RunRecord.InputUse::dense, inputs.all().size()),
                picture("pruned", size, inputs, RunRecord.InputUse::pruned, read));
        var rows = new java.util.ArrayList<List<String>>();
        for (int row = 0; row < size.height(); row++) {
            var line = inputs.all().subList(row * size.width(), (row + 1) * size.width());
            rows.add(List.of(Integer.toString(row),
                    Words.count(line.stream().filter(RunRecord.InputUse::read).count()) + " of " + size.width(),
                    Words.number(line.stream().mapToDouble(RunRecord.InputUse::dense).sum()),
                    Words.number(line.stream().mapToDouble(RunRecord.InputUse::pruned).sum())));
        }
        return new Figure("pixels", "Pixels that are still read", sentence,
                new Figure.Drawing.Pictures(true, pictures),
                new Figure.Table(List.of("row of pixels", "read by the pruned network", "sum, dense", "sum, pruned"),
                        rows));
    }

    private static Figure.Picture picture(String name, RunRecord.Size size, RunRecord.Inputs inputs,
            ToDoubleFunction<RunRecord.InputUse> value, long read) {
        double most = inputs.all().stream().mapToDouble(value).max().orElse(1);
        var shades = new byte[inputs.all().size()];
        for (int i = 0; i < shades.length; i++) {
            double part = most == 0 ? 0 : Math.max(0, value.applyAsDouble(inputs.all().get(i))) / most;
            shades[i] = (byte) Math.round(255 * part);
        }
        return new Figure.Picture(name, "The pixels that the " + name + " network reads: " + Words.count(read) + " of "
                + Words.count(inputs.all().size()), Png.of(size.height(), size.width(), shades), size.width(),
                size.height());
    }
}
