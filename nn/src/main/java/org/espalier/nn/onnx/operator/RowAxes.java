package org.espalier.nn.onnx.operator;

/** Whether operators keep rows apart; rows lie along axis 0 of what is computed, constants have none. */
final class RowAxes {
    private RowAxes() {}

    /** Of operands that broadcast: those that are computed have all their axes, constants do not reach axis 0. */
    static boolean broadcast(Facts in) {
        int rank = 0;
        Dim rows = null;
        for (int i = 0; i < in.count(); i++) {
            rank = Math.max(rank, in.known(i).rank());
            rows = rows == null && !in.isConstant(i) && in.known(i).rank() > 0 ? in.known(i).get(0) : rows;
        }
        boolean apart = rows != null;
        for (int i = 0; i < in.count(); i++) {
            boolean whole = in.known(i).rank() == rank;
            apart &= in.isConstant(i)
                    ? !whole || rank > 0 && in.known(i).get(0).is(1)
                    : whole && in.known(i).get(0).equals(rows);
        }
        return apart;
    }

    /** Of an operator that keeps the rows of its first input if all others are constants. */
    static boolean ofFirst(Facts in, int leastRank) {
        for (int i = 1; i < in.count(); i++) {
            if (in.has(i) && !in.isConstant(i)) {
                return false;
            }
        }
        return in.known(0).rank() >= leastRank;
    }

    /** Of an operator that works along some axes of its first input. */
    static boolean notAlong(Facts in, long axis) {
        var dims = in.known(0);
        return dims.rank() > 0 && dims.axis(axis) != 0;
    }
}
