// Lesson 1: a tensor is a block of numbers with a shape, and it never changes.
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

void main() {
    var a = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);   // two rows of three numbers
    IO.println("a =\n" + a);
    IO.println("its shape is " + a.shape() + ", a[1][2] is " + a.get(1, 2));

    // Operations make new tensors. A smaller shape is stretched to fit: here one row, added to both.
    var row = Tensor.vector(10, 20, 30);
    IO.println("a + row =\n" + a.plus(row));
    IO.println("twice a, and then the sum of each row: " + a.times(2).sum(1));

    // A product of matrices: [2, 3] times [3, 2] is [2, 2].
    IO.println("a times its transpose =\n" + a.matmul(a.transpose()));

    // What does not fit is refused, with a message that says what was expected.
    try {
        a.plus(Tensor.vector(1, 2));
    } catch (ShapeException e) {
        IO.println("refused: " + e.getMessage());
    }
    boolean same = a.get(0, 0) == 1 && a.get(1, 2) == 6;
    IO.println("See: " + (same ? "after all this, a is what it was." : "a has changed, which it must not."));
}
// Exercise: make the table of products from 1 to 5 with one multiplication. (A column times a row.)
// Solution:
//     var n = Tensor.arange(1, 6, 1);
//     IO.println(n.reshape(5, 1).times(n.reshape(1, 5)));
