package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.stic.cuda.KernelImage;
import org.stic.cuda.PlainLibrary;

/**
 * What a vendor's library is asked for is what the kernel would do: the kernels' own tests pass
 * with a stand-in for the library.
 */
@Tag("cpu-driver")
class VendorTaskTest {

  @TestFactory
  Stream<DynamicTest> productsAndConvolutions() {
    return Stream.concat(ConvolutionCases.rows(), MatrixProductCases.rows())
        .map(row -> DynamicTest.dynamicTest(row.toString(), () -> run(row)));
  }

  private static void run(KernelCase row) {
    TestSeed.with(
        row.toString(),
        seed -> {
          try (KernelRig rig = KernelRig.open(KernelImage.DEFAULT, seed)) {
            PlainLibrary library = rig.usePlainLibrary();
            row.test().accept(rig);
            assertFalse(library.done().isEmpty(), "the library was not asked");
          }
        });
  }
}
