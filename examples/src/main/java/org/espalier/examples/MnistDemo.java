package org.espalier.examples;

/** Holds the place of the main demo: train on MNIST, prune, retrain, report. */
final class MnistDemo {

    private MnistDemo() {}

    static void main(String[] args) {
        IO.println("The MNIST demo is not written yet; it will run on Java " + Runtime.version().feature() + ".");
    }
}
