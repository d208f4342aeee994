package org.espalier.nn.onnx;

import java.util.Set;

/** Whether an operator of one opset means the same in another: only then a node can be written as it was read. */
final class VersionedNodes {
    /** Opset 13, since which nothing but the operators below has changed. */
    private static final int SETTLED = 13;

    /** Operators that were changed between opset 6 and 13. */
    private static final Set<String> CHANGED_EARLY = Set.of("Softmax", "LogSoftmax", "Hardmax", "Squeeze", "Unsqueeze",
            "ReduceSum", "Split", "Clip", "Pad", "Slice", "TopK", "Dropout", "BatchNormalization", "Add", "Sub", "Mul",
            "Div", "Pow", "And", "Or", "Xor", "Equal", "Greater", "Less", "PRelu", "Gemm", "Relu", "Sum", "Max", "Min",
            "Mean", "OneHot");

    /** Operators that were changed, or are new, between opset 18 and 25. */
    private static final Set<String> CHANGED_LATE = Set.of("Split", "Pad", "ReduceL1", "ReduceL2", "ReduceLogSum",
            "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSumSquare", "Mish", "Gelu",
            "Swish", "RMSNormalization", "Cast", "CastLike", "QuantizeLinear", "DequantizeLinear");

    private VersionedNodes() {}

    static boolean isSameIn(OnnxOperator.Call call, int opset) {
        if (!call.domain().isEmpty()) {
            return true;
        }
        return call.opset() < SETTLED
                ? !CHANGED_EARLY.contains(call.name())
                : call.opset() <= opset || !CHANGED_LATE.contains(call.name());
    }
}
