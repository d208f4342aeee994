package org.espalier.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A two-operand product in Einstein's notation: a letter per axis, letters shared by the operands and absent from the
 * result are summed over.
 *
 * <p>Idea: a letter is in both operands and the result (batch), in both but not the result (summed), or in one operand
 * and the result (free). A letter in one operand only and not in the result is summed away first. Then each operand is
 * permuted to [batch, free, summed], groups of several letters are flattened, and {@code matmul} does the rest. Cost:
 * the product, and at most one copy per operand and one of the result; none where only the last two axes change places.
 */
record Einsum(String left, String right, String result) {

    /** Reads {@code "ij,jk->ik"}. */
    static Einsum parse(String equation) {
        var sides = equation.replace(" ", "").split("->", -1);
        var operands = sides[0].split(",", -1);
        if (sides.length != 2 || operands.length != 2) {
            throw new ShapeException(
                    "einsum: \"" + equation + "\" is not two operands and a result like \"ij,jk->ik\"");
        }
        var parsed = new Einsum(operands[0], operands[1], sides[1]);
        for (var letters : List.of(parsed.left, parsed.right, parsed.result)) {
            boolean distinct = letters.chars().distinct().count() == letters.length();
            if (!distinct || !letters.chars().allMatch(Character::isLetter)) {
                throw new ShapeException(
                        "einsum: \"" + letters + "\" must be letters, each once, in \"" + equation + "\"");
            }
        }
        if (!parsed.result.chars().allMatch(c -> parsed.left.indexOf(c) >= 0 || parsed.right.indexOf(c) >= 0)) {
            throw new ShapeException("einsum: the result names an axis no operand has, in \"" + equation + "\"");
        }
        return parsed;
    }

    Tensor apply(Tensor a, Tensor b) {
        Map<Character, Integer> sizes = new LinkedHashMap<>();
        measure(left, a, sizes);
        measure(right, b, sizes);
        var aKept = keep(left, right + result);
        var bKept = keep(right, left + result);
        var batch = keep(keep(aKept, bKept), result);
        var summed = drop(keep(aKept, bKept), result);
        var aFree = drop(aKept, bKept);
        var bFree = drop(bKept, aKept);
        var x = arrange(sumAway(a, left, aKept), aKept, batch, aFree, summed, sizes);
        var y = arrange(sumAway(b, right, bKept), bKept, batch, summed, bFree, sizes);
        var letters = batch + aFree + bFree;
        return x.matmul(y).reshape(dims(letters, sizes)).permute(order(letters, result));
    }

    private void measure(String letters, Tensor tensor, Map<Character, Integer> sizes) {
        if (letters.length() != tensor.rank()) {
            throw ShapeException.of("einsum", "\"" + letters + "\" does not name every axis", tensor.shape());
        }
        for (int axis = 0; axis < letters.length(); axis++) {
            var known = sizes.putIfAbsent(letters.charAt(axis), tensor.dim(axis));
            if (known != null && known != tensor.dim(axis)) {
                throw ShapeException.of(
                        "einsum", "axis " + letters.charAt(axis) + " has size " + known + " elsewhere", tensor.shape());
            }
        }
    }

    private static Tensor sumAway(Tensor tensor, String letters, String kept) {
        var axes = new ArrayList<Integer>();
        for (int axis = 0; axis < letters.length(); axis++) {
            if (kept.indexOf(letters.charAt(axis)) < 0) {
                axes.add(axis);
            }
        }
        return axes.isEmpty() ? tensor : tensor.sum(axes.stream().mapToInt(Integer::intValue).toArray());
    }

    private static Tensor arrange(
            Tensor tensor, String letters, String batch, String rows, String columns, Map<Character, Integer> sizes) {
        var ordered = tensor.permute(order(letters, batch + rows + columns));
        if (rows.length() == 1 && columns.length() == 1) {
            return ordered;
        }
        var matrix = new int[] {count(batch, sizes), count(rows, sizes), count(columns, sizes)};
        return ordered.reshape(batch.isEmpty() ? Arrays.copyOfRange(matrix, 1, 3) : matrix);
    }

    private static int[] order(String from, String to) {
        return to.chars().map(from::indexOf).toArray();
    }

    private static int[] dims(String letters, Map<Character, Integer> sizes) {
        return letters.chars().map(c -> sizes.get((char) c)).toArray();
    }

    private static int count(String letters, Map<Character, Integer> sizes) {
        return Shape.of(dims(letters, sizes)).size();
    }

    private static String keep(String letters, String wanted) {
        return filter(letters, wanted, true);
    }

    private static String drop(String letters, String unwanted) {
        return filter(letters, unwanted, false);
    }

    private static String filter(String letters, String other, boolean present) {
        var text = new StringBuilder();
        letters.chars().filter(c -> other.indexOf(c) >= 0 == present).forEach(c -> text.append((char) c));
        return text.toString();
    }
}
