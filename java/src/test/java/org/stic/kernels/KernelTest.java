package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.stic.cuda.KernelImage;

/** Every kernel against its double-precision oracle, in every image, at awkward sizes. */
class KernelTest {

  @TestFactory
  Stream<DynamicTest> kernels() {
    return KernelRig.images().stream()
        .flatMap(
            image ->
                KernelCases.all().stream()
                    .filter(row -> KernelRig.has(image, row.kernel()))
                    .map(row -> test(image, row)));
  }

  private static DynamicTest test(KernelImage image, KernelCase row) {
    return DynamicTest.dynamicTest(image + " " + row, () -> run(image, row));
  }

  private static void run(KernelImage image, KernelCase row) {
    TestSeed.with(
        row.toString(),
        seed -> {
          try (KernelRig rig = KernelRig.open(image, seed)) {
            row.test().accept(rig);
            assertTrue(rig.launched().contains(row.kernel()), "the row did not launch its kernel");
          }
        });
  }
}
