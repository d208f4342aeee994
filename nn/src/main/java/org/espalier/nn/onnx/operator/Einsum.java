package org.espalier.nn.onnx.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.tensor.Tensor;

/**
 * A product in Einstein's notation of any number of operands, with repeated letters, an ellipsis and an implied result.
 *
 * <p>Idea: letters are renamed so that the axes of the ellipsis have letters too; repeated letters of an operand become
 * its diagonal; then operands are combined in pairs from left to right, letters that nothing asks for any more summed.
 *
 * @param equation such as {@code "...ij,jk->...ik"}
 */
public record Einsum(String equation) implements Operator {
    private static final String ELLIPSIS = "...";
    private static final String FREE = "αβγδεζηθικλμνξοπρστυφχψω";

    static void register(Operators all) {
        all.add("Einsum", 1, Operators.ANY, attributes -> new Einsum(attributes.text("equation", "").replace(" ", "")));
    }

    @Override
    public Tensor value(Operands in) {
        String[] sides = equation.split("->", -1);
        String[] terms = sides[0].split(",", -1);
        if (sides.length > 2 || terms.length != in.count()) {
            throw new IllegalArgumentException(
                    "the equation \"" + equation + "\" does not fit " + in.count() + " inputs");
        }
        List<Tensor> operands = new ArrayList<>();
        List<String> letters = new ArrayList<>();
        int widest = 0;
        for (int i = 0; i < terms.length; i++) {
            String term = spelled(terms[i], in.shape(i).rank());
            widest = Math.max(widest, (int) term.chars().filter(c -> FREE.indexOf(c) >= 0).count());
            operands.add(in.tensor(i));
            letters.add(term);
        }
        int hidden = sides[sides.length - 1].contains(ELLIPSIS) ? widest - ELLIPSIS.length() : 0;
        String result = sides.length == 2
                ? spelled(sides[1], sides[1].length() + hidden)
                : implied(letters, widest);
        for (int i = 0; i < terms.length; i++) {
            dropOnes(operands, letters, i);
            diagonal(operands, letters, i);
        }
        return combined(operands, letters, result);
    }

    /** A term with a letter for each axis, those of the ellipsis counted from its innermost. */
    private String spelled(String term, int rank) {
        int dots = term.indexOf(ELLIPSIS);
        int rest = dots < 0 ? term.length() : term.length() - ELLIPSIS.length();
        int hidden = rank - rest;
        String spelled = term;
        if (dots >= 0 && hidden >= 0 && hidden <= FREE.length()) {
            String axes = new StringBuilder(FREE.substring(0, hidden)).reverse().toString();
            spelled = term.substring(0, dots) + axes + term.substring(dots + ELLIPSIS.length());
        }
        if (spelled.length() != rank || !spelled.chars().allMatch(Character::isLetter)) {
            throw new IllegalArgumentException(
                    "\"" + term + "\" of the equation \"" + equation + "\" does not name " + rank + " axes");
        }
        return spelled;
    }

    /** Without a result of its own: the ellipsis, then the letters that appear once, sorted. */
    private static String implied(List<String> letters, int widest) {
        String all = String.join("", letters);
        var once = new StringBuilder(FREE.substring(0, widest)).reverse();
        all.chars().sorted().filter(c -> FREE.indexOf(c) < 0 && all.indexOf(c) == all.lastIndexOf(c))
                .forEach(c -> once.append((char) c));
        return once.toString();
    }

    /** Removes axes of the ellipsis of size 1 where another operand has more. */
    private static void dropOnes(List<Tensor> operands, List<String> letters, int index) {
        for (int axis = letters.get(index).length() - 1; axis >= 0; axis--) {
            char letter = letters.get(index).charAt(axis);
            boolean wider = FREE.indexOf(letter) >= 0 && operands.get(index).dim(axis) == 1
                    && IntStream.range(0, letters.size()).anyMatch(other -> {
                        int at = letters.get(other).indexOf(letter);
                        return at >= 0 && operands.get(other).dim(at) > 1;
                    });
            if (wider) {
                var x = operands.get(index);
                operands.set(index, x.reshape(Axes.without(x.shape(), axis)));
                letters.set(index, new StringBuilder(letters.get(index)).deleteCharAt(axis).toString());
            }
        }
    }

    /** Takes the diagonal of axes with the same letter. */
    private static void diagonal(List<Tensor> operands, List<String> letters, int index) {
        String term = letters.get(index);
        for (int axis = 0; axis < term.length(); axis++) {
            int again = term.indexOf(term.charAt(axis), axis + 1);
            while (again >= 0) {
                var x = operands.get(index);
                int size = x.dim(axis);
                if (x.dim(again) != size) {
                    throw new IllegalArgumentException("no diagonal of sizes " + size + " and " + x.dim(again));
                }
                operands.set(index, diagonal(x, axis, again));
                term = new StringBuilder(term).deleteCharAt(again).toString();
                letters.set(index, term);
                again = term.indexOf(term.charAt(axis), axis + 1);
            }
        }
    }

    private static Tensor diagonal(Tensor x, int axis, int again) {
        int rank = x.rank();
        int size = x.dim(axis);
        int[] order = IntStream.concat(
                IntStream.range(0, rank).filter(a -> a != axis && a != again), IntStream.of(axis, again)).toArray();
        int[] dims = x.permute(order).shape().dims();
        dims[rank - 2] = size * size;
        var flat = x.permute(order).reshape(Arrays.copyOf(dims, rank - 1));
        int[] places = IntStream.range(0, size).map(i -> i * (size + 1)).toArray();
        int[] back = IntStream.range(0, rank - 1)
                .map(a -> a < axis ? a : a == axis ? rank - 2 : a - 1)
                .toArray();
        return flat.gather(rank - 2, places).permute(back);
    }

    private static Tensor combined(List<Tensor> operands, List<String> letters, String result) {
        var value = operands.getFirst();
        String present = letters.getFirst();
        for (int i = 1; i < operands.size(); i++) {
            String later = String.join("", letters.subList(i + 1, letters.size())) + result;
            String other = letters.get(i);
            var kept = new StringBuilder();
            (present + other).chars().distinct().filter(c -> later.indexOf(c) >= 0).forEach(c -> kept.append((char) c));
            value = Tensor.einsum(present + "," + other + "->" + kept, value, operands.get(i));
            present = kept.toString();
        }
        String last = present;
        int[] summed = IntStream.range(0, last.length()).filter(a -> result.indexOf(last.charAt(a)) < 0).toArray();
        if (summed.length > 0) {
            value = value.sum(summed);
        }
        var left = new StringBuilder();
        last.chars().filter(c -> result.indexOf(c) >= 0).forEach(c -> left.append((char) c));
        if (left.length() != result.length()) {
            throw new IllegalArgumentException("the result names an axis that no input has");
        }
        return value.permute(result.chars().map(c -> left.indexOf(String.valueOf((char) c))).toArray());
    }
}
