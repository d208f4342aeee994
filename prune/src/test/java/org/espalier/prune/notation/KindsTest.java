package org.espalier.prune.notation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;

class KindsTest {
    /** An axis whose kinds its sealed interface permits, also through another interface. */
    sealed interface Vehicle {
        /** No kind, since nothing says how it is written. */
        record Nameless() implements Vehicle {}
    }

    sealed interface Boat extends Vehicle {}

    @Notation("car {doors}")
    record Car(int doors) implements Vehicle {}

    @Notation("big car {doors}[ with a very long tail]")
    record BigCar(int doors) implements Vehicle {}

    @Notation("rowing boat")
    record RowingBoat() implements Boat {}

    @Notation("van {doors}")
    record Van(int doors) implements Vehicle {}

    @Test
    void whatASealedInterfacePermitsIsAKind() {
        // 11, 8, 4 and 4 characters that are always there; equal ones by the names of their classes.
        assertEquals(List.of(RowingBoat.class, BigCar.class, Car.class, Van.class), Kinds.find(Vehicle.class));
        assertEquals(List.of(RowingBoat.class), Kinds.find(Boat.class));
    }

    /** An axis whose kinds are what its factories return. */
    interface Tool {
        static Hammer hammer() {
            return new Hammer();
        }

        static Saw saw(int teeth) {
            return new Saw(teeth);
        }

        /** Not by its type. */
        static Tool own() {
            return new Tool() {};
        }

        /** Of another axis. */
        static Car car() {
            return new Car(3);
        }

        /** Nothing says how it is written. */
        static Plain plain() {
            return new Plain();
        }

        /** No factory. */
        default Drill turned() {
            return new Drill();
        }
    }

    @Notation("hammer")
    record Hammer() implements Tool {}

    @Notation("saw of {teeth}")
    record Saw(int teeth) implements Tool {}

    @Notation("drill")
    record Drill() implements Tool {}

    record Plain() implements Tool {}

    @Test
    void whatAFactoryReturnsIsAKind() {
        assertEquals(List.of(Saw.class, Hammer.class), Kinds.find(Tool.class));
    }

    @Test
    void aTypeWithANotationIsItsOwnKind() {
        assertEquals(List.of(Car.class), Kinds.find(Car.class));
        assertEquals(List.of(), Kinds.find(Plain.class));
    }

    @Test
    void theKindsOfAnAxisAreFoundOnce() {
        assertSame(Kinds.of(Tool.class), Kinds.of(Tool.class));
    }
}
