package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions by their names in PyTorch, called with lists as a pickle gives them. */
class TorchObjectsTest {
    private static final String REBUILD_2 = "torch._utils._rebuild_tensor_v2";
    private static final String REBUILD_3 = "torch._utils._rebuild_tensor_v3";
    private static final String FROM_TYPE = "torch._tensor._rebuild_from_type_v2";
    private static final Map<Object, Object> HOOKS = Map.of();

    private final Pickle.Budget budget = new Pickle.Budget("m.pt", 100_000);
    private final TorchObjects objects = new TorchObjects("m.pt", budget);

    private Object named(String name) throws FormatException {
        int dot = name.lastIndexOf('.');
        return objects.named(name.substring(0, dot), name.substring(dot + 1));
    }

    private Object call(String function, Object... arguments) throws FormatException {
        return objects.call(named(function), List.of(arguments));
    }

    private Object storage(String type, String key) throws FormatException {
        return objects.outside(List.of("storage", named(type), key, "cpu", 6L));
    }

    private static String refusal(Executable action) {
        return assertThrows(FormatException.class, action).getMessage();
    }

    /** The bytes that an action takes of a budget. */
    private long taken(Executable action) throws Throwable {
        long before = left();
        action.execute();
        return before - left();
    }

    /** How much of the budget is left; takes nothing. */
    private long left() throws FormatException {
        long most = 0;
        for (long step = 1L << 30; step > 0; step >>= 1) {
            try {
                budget.take(most + step);
                most += step;
                budget.take(-most);
            } catch (FormatException e) {
                budget.take(-most - step);
            }
        }
        return most;
    }

    @ParameterizedTest
    @CsvSource({
        "F32, Float, float32", "F64, Double, float64", "F16, Half, float16", "BF16, BFloat16, bfloat16",
        "I64, Long, int64", "I32, Int, int32", "I16, Short, int16", "I8, Char, int8", "U8, Byte, uint8",
        "BOOL, Bool, bool", "C64, ComplexFloat, complex64"
    })
    void aTypeHasANameAndAStorage(DType type, String storage, String name) throws FormatException {
        assertSame(type, named("torch." + name));
        var made = (TorchObjects.Storage) storage("torch." + storage + "Storage", "0");
        assertEquals(new TorchObjects.Storage("0", type, 6), made);
    }

    @Test
    void unsignedTypesHaveNoStorageOfTheirOwn() throws FormatException {
        assertSame(DType.U16, named("torch.uint16"));
        assertSame(DType.U32, named("torch.uint32"));
        assertSame(DType.U64, named("torch.uint64"));
        var untyped = storage("torch.storage.UntypedStorage", "0");
        assertEquals(new TorchObjects.Storage("0", null, 6), untyped);
        var view = (TorchObjects.View) call(REBUILD_3, untyped, 1L, List.of(2L), List.of(1L), false, HOOKS, DType.U16);
        assertEquals(DType.U16, view.dtype());
    }

    @Test
    void namesThatAreCodeAreRefused() {
        assertTrue(refusal(() -> named("os.system")).startsWith("m.pt: it has os.system, which is code"));
        assertTrue(refusal(() -> named("__torch__.Net"))
                .startsWith("m.pt: it has __torch__.Net, a TorchScript program, which is code"));
    }

    @Test
    void onlyFunctionsAreCalled() {
        assertEquals("m.pt: it calls something that is not a function", refusal(() -> call("torch.float32")));
        assertEquals("m.pt: it calls something that is not a function", refusal(() -> call("torch.Tensor")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"torch._utils._rebuild_tensor", REBUILD_2})
    void aViewHasTheTypeOfItsStorage(String function) throws FormatException {
        var storage = storage("torch.DoubleStorage", "7");
        var view = (TorchObjects.View) call(function, storage, 1L, List.of(2L, 3L), List.of(3L, 1L));
        assertSame(storage, view.storage());
        assertEquals(DType.F64, view.dtype());
        assertEquals(1, view.offset());
        assertEquals(Shape.of(2, 3), view.shape());
        assertArrayEquals(new long[] {3, 1}, view.strides());
    }

    @Test
    void aParameterIsItsTensorAndASizeItsNumbers() throws FormatException {
        var view = call(REBUILD_2, storage("torch.FloatStorage", "0"), 0L, List.of(2L), List.of(1L));
        assertSame(view, call("torch._utils._rebuild_parameter", view, true, HOOKS));
        assertSame(view, call("torch._utils._rebuild_parameter_with_state", view, true, HOOKS, HOOKS));
        assertEquals(List.of(2L, 3L), call("torch.Size", List.of(2L, 3L)));
        assertEquals("m.pt: argument 0 of a call is not what it must be",
                refusal(() -> call("torch._utils._rebuild_parameter", 1L)));
        assertEquals("m.pt: argument 0 of a call is not what it must be", refusal(() -> call("torch.Size")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"torch.Tensor", "torch.nn.parameter.Parameter"})
    void attributesOfATensorArePassedOver(String type) throws FormatException {
        var storage = storage("torch.FloatStorage", "0");
        List<Object> inner = List.of(storage, 2L, List.of(3L), List.of(1L));
        var view = (TorchObjects.View) call(FROM_TYPE, named(REBUILD_2), named(type), inner, Map.of("a", 1L));
        assertSame(storage, view.storage());
        assertEquals(2, view.offset());
        assertEquals(Shape.of(3), view.shape());
    }

    @Test
    void tensorsOfOtherClassesAreRefused() throws FormatException {
        var type = named("torch.Tensor");
        var function = named(REBUILD_2);
        var nested = named(FROM_TYPE);
        assertEquals("m.pt: a tensor of another class", refusal(() -> call(FROM_TYPE, nested, type, List.of())));
        assertEquals("m.pt: a tensor of another class",
                refusal(() -> call(FROM_TYPE, function, DType.F32, List.of())));
        assertEquals("m.pt: argument 0 of a call is not what it must be",
                refusal(() -> call(FROM_TYPE, "f", type, List.of())));
        assertEquals("m.pt: argument 1 of a call is not what it must be", refusal(() -> call(FROM_TYPE, function)));
        assertEquals("m.pt: argument 2 of a call is not what it must be",
                refusal(() -> call(FROM_TYPE, function, type)));
    }

    @Test
    void aDictionaryIsMadeOfPairs() throws FormatException {
        assertEquals(Map.of(), call("collections.OrderedDict"));
        var made = (Map<?, ?>) call("collections.OrderedDict", List.of(List.of("b", 2L), List.of("a", 1L)));
        assertEquals("{b=2, a=1}", made.toString());
        for (Object pair : List.of(1L, List.of("a"), List.of("a", 1L, 2L), List.of(1L, "a"))) {
            assertEquals("m.pt: an ordered dictionary of something that is not a pair",
                    refusal(() -> call("collections.OrderedDict", List.of(pair))));
        }
    }

    @Test
    void aTypeThatIsSaidMustBeThatOfTheStorage() throws FormatException {
        var floats = storage("torch.FloatStorage", "0");
        var view = (TorchObjects.View) call(REBUILD_3, floats, 0L, List.of(2L), List.of(1L), false, HOOKS, DType.F32);
        assertEquals(DType.F32, view.dtype());
        assertEquals("m.pt: storage \"0\" has elements of two types, or of none", refusal(
                () -> call(REBUILD_3, floats, 0L, List.of(2L), List.of(1L), false, HOOKS, DType.F64)));
        var untyped = storage("torch.storage.UntypedStorage", "1");
        assertEquals("m.pt: storage \"1\" has elements of two types, or of none",
                refusal(() -> call(REBUILD_2, untyped, 0L, List.of(2L), List.of(1L))));
        assertEquals("m.pt: argument 6 of a call is not what it must be",
                refusal(() -> call(REBUILD_3, floats, 0L, List.of(2L), List.of(1L), false, HOOKS)));
    }

    /** The seventh argument says what is done with the elements when they are read. */
    @Test
    void conjugatedAndNegatedTensorsAreRefused() throws FormatException {
        var storage = storage("torch.ComplexFloatStorage", "0");
        List<Object> sizes = List.of(2L);
        List<Object> strides = List.of(1L);
        assertEquals("m.pt: a tensor with 1 strides for 1 sizes that is conjugated or negated; call "
                + ".resolve_conj().resolve_neg() on it",
                refusal(() -> call(REBUILD_2, storage, 0L, sizes, strides, false, HOOKS, Map.of("conj", true))));
        for (Object harmless : List.of(HOOKS, Pickle.NONE)) {
            var view = (TorchObjects.View) call(REBUILD_2, storage, 0L, sizes, strides, false, HOOKS, harmless);
            assertEquals(Shape.of(2), view.shape());
        }
        assertEquals("m.pt: a tensor with 1 strides for 1 sizes",
                refusal(() -> call(REBUILD_2, storage, -1L, sizes, strides)));
        assertEquals("m.pt: a tensor with 0 strides for 1 sizes",
                refusal(() -> call(REBUILD_2, storage, 0L, sizes, List.of())));
    }

    @Test
    void aTensorHasAtMost64AxesOf31Bits() throws FormatException {
        var storage = storage("torch.FloatStorage", "0");
        var ones = Collections.nCopies(64, 1L);
        var view = (TorchObjects.View) call(REBUILD_2, storage, 0L, ones, ones);
        assertEquals(64, view.shape().rank());
        var more = Collections.nCopies(65, 1L);
        assertEquals("m.pt: a tensor of rank 65", refusal(() -> call(REBUILD_2, storage, 0L, more, more)));
        long largest = Integer.MAX_VALUE;
        view = (TorchObjects.View) call(REBUILD_2, storage, 0L, List.of(largest), List.of(0L));
        assertEquals(Shape.of(Integer.MAX_VALUE), view.shape());
        assertEquals("m.pt: a tensor of size 2147483648",
                refusal(() -> call(REBUILD_2, storage, 0L, List.of(largest + 1), List.of(0L))));
        assertEquals("m.pt: a size or stride that is not an integer of at least 0",
                refusal(() -> call(REBUILD_2, storage, 0L, List.of(-1L), List.of(0L))));
        assertTrue(refusal(() -> call(REBUILD_2, storage, 0L, List.of(largest, 2L), List.of(0L, 0L)))
                .startsWith("m.pt: a tensor: shape: [2147483647, 2] has more than 2^31 - 1 elements"));
    }

    @Test
    void aStorageIsNamedOnceOrTheSameAgain() throws FormatException {
        var storage = storage("torch.FloatStorage", "0");
        assertSame(storage, storage("torch.FloatStorage", "0"));
        var other = storage("torch.FloatStorage", "1");
        assertEquals(Map.of("0", storage, "1", other), objects.storages());
        assertEquals("m.pt: storage \"0\" is there twice, differently",
                refusal(() -> storage("torch.DoubleStorage", "0")));
        var type = named("torch.FloatStorage");
        assertEquals("m.pt: storage \"0\" is there twice, differently",
                refusal(() -> objects.outside(List.of("storage", type, "0", "cpu", 7L))));
    }

    @Test
    void aKeyNamesAStorageAndNoViewOfIt() throws FormatException {
        var type = named("torch.FloatStorage");
        objects.outside(List.of("storage", type, "0", "cpu", 6L, Pickle.NONE));
        assertEquals("m.pt: a view of a storage, as PyTorch before 0.4 wrote them: save the file again",
                refusal(() -> objects.outside(List.of("storage", type, "1", "cpu", 6L, List.of("v", 0L, 6L)))));
        for (Object key : List.of(1L, List.of("storage", type, "1", "cpu"), List.of("module", type, "1", "cpu", 6L))) {
            assertEquals("m.pt: a value outside of the pickle that is not a storage",
                    refusal(() -> objects.outside(key)));
        }
        assertEquals("m.pt: argument 1 of a call is not what it must be",
                refusal(() -> objects.outside(List.of("storage", "float", "1", "cpu", 6L))));
        assertEquals("m.pt: argument 4 of a call is not what it must be",
                refusal(() -> objects.outside(List.of("storage", type, "1", "cpu", "6"))));
    }

    /** A reference to an object takes at least four bytes, a number of a size or stride eight. */
    @Test
    void whatIsMadeIsCounted() throws Throwable {
        var storage = storage("torch.FloatStorage", "0");
        var ones = Collections.nCopies(60, 1L);
        assertTrue(taken(() -> call(REBUILD_2, storage, 0L, ones, ones)) >= 2 * 60 * 8);
        List<Object> inner = List.of(storage, 0L, ones, ones);
        var function = named(REBUILD_2);
        var type = named("torch.Tensor");
        long plain = taken(() -> call(REBUILD_2, storage, 0L, ones, ones));
        assertTrue(taken(() -> call(FROM_TYPE, function, type, inner)) >= plain + 4 * inner.size());
        var pairs = Collections.nCopies(100, List.of("a", 1L));
        assertTrue(taken(() -> call("collections.OrderedDict", pairs)) >= 100 * 8);
        var typeOfStorage = named("torch.FloatStorage");
        assertTrue(taken(() -> objects.outside(List.of("storage", typeOfStorage, "5", "cpu", 6L))) >= 5 * 4);
    }
}
