// Lesson 2: a gradient says how a result changes with each input. By hand, and by machine.
import org.espalier.tensor.GradCheck;
import org.espalier.tensor.Tensor;

void main() {
    // f = (w·x − 1)², with one w and one x.
    var w = Tensor.scalar(3).withGrad();                    // withGrad: we shall ask for df/dw
    var x = Tensor.scalar(2);
    var f = w.times(x).minus(1).square();
    IO.println("f = (3·2 − 1)² = " + f.item());

    // By hand, with the chain rule: df/dw = 2·(w·x − 1)·x.
    float byHand = 2 * (3 * 2 - 1) * 2;
    // By machine: backward() walks the same operations from the result to the inputs.
    float byMachine = f.backward().of(w).item();
    // By trying: a little more w, and see.
    float byTrying = (square((3 + 1e-2f) * 2 - 1) - square((3 - 1e-2f) * 2 - 1)) / 2e-2f;
    IO.println("df/dw by hand: " + byHand + ", by machine: " + byMachine + ", by trying: " + byTrying);

    // The same for any function of any size: the library checks itself in this way.
    var worst = GradCheck.check(in -> in[0].matmul(in[1]).tanh().square().sum(),
            Tensor.matrix(new float[] {0.1f, -0.4f}, new float[] {0.7f, 0.2f}), Tensor.matrix(new float[] {0.5f},
                    new float[] {-0.3f}));
    IO.println("largest relative error of a whole matrix product: " + worst.error());

    // Follow the gradient downhill and f becomes as small as it can be.
    for (int step = 0; step < 20; step++) {
        var loss = w.times(x).minus(1).square();
        w = w.minus(loss.backward().of(w).times(0.05f)).detach().withGrad();
    }
    IO.println("after 20 steps downhill w = " + w.item() + " (½ would be perfect)");
    boolean agree = byHand == byMachine && Math.abs(byTrying - byHand) < 0.1 && Math.abs(w.item() - 0.5) < 1e-3;
    IO.println("See: " + (agree ? "hand and machine agree, and downhill leads to the solution." : "they differ."));
}

float square(float a) {
    return a * a;
}
// Exercise: the second derivative of f is 2·x² = 8. Let the machine find it.
// Solution: gradients are made of operations themselves, so they can be differentiated again.
//     var w = Tensor.scalar(3).withGrad();
//     var first = w.times(2).minus(1).square().backwardWithGraph().of(w);
//     IO.println(first.backward().of(w).item());
