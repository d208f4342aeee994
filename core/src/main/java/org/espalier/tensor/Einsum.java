package org.espalier.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Products and sums in Einstein's notation.
 *
 * <p>Idea: every axis gets a label. Axes under {@code ...} get labels of their own, numbered from the innermost; a
 * label that an operand has twice becomes its diagonal; a label that only one operand has and that the result does not
 * want is summed away. Then operands are multiplied from left to right: a label is in both and wanted later (batch), in
 * both and not wanted (summed), or in one (free); each operand is permuted to [batch, free, summed], groups of labels
 * are flattened, and {@code matmul} does the rest. Cost: the products, and at most one copy per operand and one of the
 * result; none where only the last two axes change places.
 */
final class Einsum {
    /** The label of the innermost axis under an ellipsis; those further out have the characters below it. */
    private static final char INNERMOST = '\uF8FF';

    private final String equation;
    private final Map<Character, Integer> sizes = new TreeMap<>();

    /** An operand and the labels of its axes. */
    private record Term(String labels, Tensor tensor) {}

    private Einsum(String equation) {
        this.equation = equation;
    }

    static Tensor of(String equation, Tensor... operands) {
        var sides = equation.replace(" ", "").split("->", -1);
        var written = sides[0].split(",", -1);
        if (sides.length > 2 || written.length != operands.length || operands.length == 0) {
            throw new ShapeException("einsum: \"" + equation + "\" is not " + operands.length
                    + " operands and a result like \"ij,jk->ik\"");
        }
        var einsum = new Einsum(equation);
        var terms = new ArrayList<Term>();
        for (int i = 0; i < operands.length; i++) {
            terms.add(einsum.term(written[i], operands[i]));
        }
        var result = sides.length == 2 ? einsum.result(sides[1]) : einsum.impliedResult();
        return einsum.multiply(terms, result);
    }

    /** Labels the axes of an operand, reduces those labelled twice to their diagonal and notes the sizes. */
    private Term term(String written, Tensor tensor) {
        var labels = labels(written, tensor.rank() - written.replace("...", "").length());
        if (labels.length() != tensor.rank()) {
            throw ShapeException.of("einsum", "\"" + written + "\" does not name every axis", tensor.shape());
        }
        var term = diagonal(new Term(labels, tensor));
        for (int axis = 0; axis < term.labels.length(); axis++) {
            char label = term.labels.charAt(axis);
            int size = term.tensor.dim(axis);
            var known = sizes.putIfAbsent(label, size);
            if (isLetter(label) && known != null && known != size) {
                throw ShapeException.of("einsum", "axis " + label + " has size " + known + " elsewhere",
                        tensor.shape());
            }
            if (!isLetter(label) && known != null && known != size) {
                if (known != 1 && size != 1) {
                    throw ShapeException.of("einsum", "the axes under ... do not broadcast", tensor.shape());
                }
                sizes.put(label, known == 1 ? size : known);
            }
        }
        return term;
    }

    /** The written letters, with {@code ...} replaced by the labels of the axes under it. */
    private String labels(String written, int hidden) {
        int at = written.indexOf("...");
        var letters = at < 0 ? written : written.substring(0, at) + written.substring(at + 3);
        if (!letters.chars().allMatch(c -> isLetter((char) c))) {
            throw new ShapeException("einsum: \"" + written + "\" must be letters in \"" + equation + "\"");
        }
        var ellipsis = new StringBuilder();
        for (int i = at < 0 ? 0 : hidden; i > 0; i--) {
            ellipsis.append((char) (INNERMOST - i + 1));
        }
        return at < 0 ? written : written.substring(0, at) + ellipsis + written.substring(at + 3);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private String result(String written) {
        int broadcast = (int) sizes.keySet().stream().filter(label -> !isLetter(label)).count();
        var labels = labels(written, broadcast);
        if (labels.chars().distinct().count() != labels.length()) {
            throw new ShapeException("einsum: the result names an axis twice, in \"" + equation + "\"");
        }
        if (!labels.chars().allMatch(c -> sizes.containsKey((char) c))) {
            throw new ShapeException("einsum: the result names an axis that no operand has, in \"" + equation + "\"");
        }
        if (broadcast > 0 && !written.contains("...")) {
            throw new ShapeException("einsum: the result needs ... for the axes under it, in \"" + equation + "\"");
        }
        return labels;
    }

    /** The axes under an ellipsis, then the letters that were written once, in alphabetical order. */
    private String impliedResult() {
        var hidden = new StringBuilder();
        var once = new StringBuilder();
        var operands = equation.replace(" ", "");
        for (char label : sizes.keySet()) {
            if (!isLetter(label)) {
                hidden.append(label);
            } else if (operands.indexOf(label) == operands.lastIndexOf(label)) {
                once.append(label);
            }
        }
        return hidden.append(once).toString();
    }

    private Tensor multiply(List<Term> terms, String result) {
        var product = terms.getFirst();
        for (int i = 1; i < terms.size(); i++) {
            var wanted = new StringBuilder(result);
            terms.subList(i + 1, terms.size()).forEach(later -> wanted.append(later.labels));
            product = multiply(product, terms.get(i), wanted.toString());
        }
        product = sumAway(product, result);
        return product.tensor.permute(order(product.labels, result));
    }

    private Term multiply(Term a, Term b, String wanted) {
        var left = sumAway(squeezed(a), b.labels + wanted);
        var right = sumAway(squeezed(b), left.labels + wanted);
        var both = keep(left.labels, right.labels);
        var batch = keep(both, wanted);
        var summed = drop(both, wanted);
        var leftFree = drop(left.labels, right.labels);
        var rightFree = drop(right.labels, left.labels);
        var x = arrange(left, batch, leftFree, summed);
        var y = arrange(right, batch, summed, rightFree);
        var labels = batch + leftFree + rightFree;
        return new Term(labels, x.matmul(y).reshape(dims(labels)));
    }

    /** Without axes under an ellipsis that have size 1 here and are larger elsewhere. */
    private Term squeezed(Term term) {
        var kept = new StringBuilder();
        var axes = new ArrayList<Integer>();
        for (int axis = 0; axis < term.labels.length(); axis++) {
            char label = term.labels.charAt(axis);
            if (term.tensor.dim(axis) == sizes.get(label)) {
                kept.append(label);
            } else {
                axes.add(axis);
            }
        }
        return axes.isEmpty() ? term : new Term(kept.toString(), term.tensor.squeeze(ints(axes)));
    }

    private static Term sumAway(Term term, String wanted) {
        var axes = new ArrayList<Integer>();
        for (int axis = 0; axis < term.labels.length(); axis++) {
            if (wanted.indexOf(term.labels.charAt(axis)) < 0) {
                axes.add(axis);
            }
        }
        return axes.isEmpty() ? term : new Term(keep(term.labels, wanted), term.tensor.sum(ints(axes)));
    }

    /** The elements whose indices are equal along axes of one label, as one axis. */
    private static Term diagonal(Term term) {
        var labels = term.labels.chars().distinct().collect(StringBuilder::new, StringBuilder::appendCodePoint,
                StringBuilder::append).toString();
        if (labels.length() == term.labels.length()) {
            return term;
        }
        int[] strides = term.tensor.shape().strides();
        var dims = new int[labels.length()];
        var steps = new int[labels.length()];
        for (int axis = 0; axis < strides.length; axis++) {
            int to = labels.indexOf(term.labels.charAt(axis));
            if (steps[to] != 0 && dims[to] != term.tensor.dim(axis)) {
                throw ShapeException.of("einsum", "\"" + term.labels + "\" names axes of different sizes alike",
                        term.tensor.shape());
            }
            dims[to] = term.tensor.dim(axis);
            steps[to] += strides[axis];
        }
        var shape = Shape.of(dims);
        var places = new int[shape.size()];
        int[] unit = shape.strides();
        for (int i = 0; i < places.length; i++) {
            for (int axis = 0; axis < dims.length; axis++) {
                places[i] += i / unit[axis] % dims[axis] * steps[axis];
            }
        }
        return new Term(labels, term.tensor.take(shape, places));
    }

    private Tensor arrange(Term term, String batch, String rows, String columns) {
        var ordered = term.tensor.permute(order(term.labels, batch + rows + columns));
        if (rows.length() == 1 && columns.length() == 1) {
            return ordered;
        }
        var matrix = new int[] {count(batch), count(rows), count(columns)};
        return ordered.reshape(batch.isEmpty() ? Arrays.copyOfRange(matrix, 1, 3) : matrix);
    }

    private static int[] order(String from, String to) {
        return to.chars().map(from::indexOf).toArray();
    }

    private int[] dims(String labels) {
        return labels.chars().map(c -> sizes.get((char) c)).toArray();
    }

    private int count(String labels) {
        return Shape.of(dims(labels)).size();
    }

    private static int[] ints(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private static String keep(String labels, String wanted) {
        return filter(labels, wanted, true);
    }

    private static String drop(String labels, String unwanted) {
        return filter(labels, unwanted, false);
    }

    private static String filter(String labels, String other, boolean present) {
        var text = new StringBuilder();
        labels.chars().filter(c -> other.indexOf(c) >= 0 == present).forEach(c -> text.append((char) c));
        return text.toString();
    }
}
