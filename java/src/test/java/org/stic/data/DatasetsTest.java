package org.stic.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stic.data.DatasetDescription.KnownArchive;
import org.stic.data.DatasetDescription.KnownFile;

class DatasetsTest {
  @TempDir Path root;

  @Test
  void catalogueIsComplete() {
    Datasets datasets = new Datasets(root);
    assertEquals(List.of("mnist", "fashion-mnist", "cifar10", "cifar100"), datasets.fetchable());
    for (String name : datasets.fetchable()) {
      DatasetDescription description = datasets.description(name);
      int classes = name.equals("cifar100") ? 100 : 10;
      assertEquals(classes, description.classes().size());
      assertEquals(classes, new HashSet<>(description.classes()).size());
      for (KnownArchive archive : description.archives()) {
        assertTrue(archive.sha256().matches("[0-9a-f]{64}"), name + " " + archive);
      }
      for (KnownFile file : description.files()) {
        assertTrue(file.sha256().matches("[0-9a-f]{64}"), name + " " + file);
      }
    }
  }

  @Test
  void generatedSetsNeedNoFiles() {
    Datasets datasets = new Datasets(root);
    assertTrue(datasets.isPresent("synthetic"));
    assertEquals(10_000, datasets.load("synthetic", Split.TRAIN).count());
    assertEquals(3, datasets.load("synthetic-colour", Split.TEST).shape().channels());
  }

  @Test
  void unknownNameListsTheKnownOnes() {
    Datasets datasets = new Datasets(root);
    String unknown =
        assertThrows(DatasetException.class, () -> datasets.load("mnits", Split.TRAIN))
            .getMessage();
    assertTrue(unknown.startsWith("unknown data set 'mnits'; known are mnist, "), unknown);
    assertTrue(unknown.contains("synthetic-colour, folder:PATH"), unknown);
    assertEquals(
        "unknown data set 'synthetic'; known are mnist, fashion-mnist, cifar10, cifar100",
        assertThrows(DatasetException.class, () -> datasets.description("synthetic")).getMessage());
  }

  @Test
  void absentSetNamesTheCommandThatBringsIt() {
    Datasets datasets = new Datasets(root);
    String message =
        assertThrows(DatasetException.class, () -> datasets.load("mnist", Split.TEST)).getMessage();
    assertTrue(message.contains("stic data fetch mnist"), message);
    assertTrue(message.contains(root.resolve("mnist").toString()), message);
  }
}
