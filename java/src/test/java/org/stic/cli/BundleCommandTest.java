package org.stic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleCommandTest {
  @TempDir private Path folder;

  @Test
  void whatIsThereAlreadyIsNotReplaced() throws Exception {
    Path there = Files.createDirectory(folder.resolve("there"));
    CommandLineRun run = CommandLineRun.of("bundle", "--out", there.toString());
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains("there exists already; remove it or name another"), run.err());
  }

  @Test
  void anArchiveThatIsThereIsNotReplaced() throws Exception {
    Files.createFile(folder.resolve("new.tar.xz"));
    CommandLineRun run = CommandLineRun.of("bundle", "--out", folder.resolve("new").toString());
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains("new.tar.xz exists already"), run.err());
  }

  @Test
  void aFolderThatIsNoCheckoutGivesNoBundle() throws Exception {
    CommandLineRun run = CommandLineRun.of("bundle", "--out", folder.resolve("new").toString());
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains("a bundle is made in a checkout"), run.err());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }
}
