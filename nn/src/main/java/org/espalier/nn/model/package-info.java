/**
 * Models in files: a model with everything that it needs to be used again
 * ({@link org.espalier.nn.model.ModelFile}), and the state files of PyTorch programs
 * ({@link org.espalier.nn.model.PyTorchFile}) and arrays of scikit-learn
 * ({@link org.espalier.nn.model.ScikitLearn}).
 *
 * <p>This package uses layers and the file formats of {@code org.espalier.io}, never data, optimizers or the trainer.
 */
package org.espalier.nn.model;
