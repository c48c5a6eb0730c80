package org.stic.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * CIFAR-10 in either form: the official binary files where they are, else the package's pictures.
 */
final class Cifar10Reader implements DatasetReader {

  @Override
  public ImageDataset read(String name, List<String> classNames, Path folder, Split split) {
    Path official = folder.resolve(Cifar10Files.batches(split).getFirst() + ".bin");
    DatasetReader form =
        Files.exists(official) ? CifarBinaryReader.cifar10() : new CifarPngReader();
    return form.read(name, classNames, folder, split);
  }
}
