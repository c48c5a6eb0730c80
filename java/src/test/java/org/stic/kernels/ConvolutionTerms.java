package org.stic.kernels;

/** The definition of a convolution, one multiplication at a time. */
final class ConvolutionTerms {
  private ConvolutionTerms() {}

  /** One multiplication of a convolution: which elements of y, x and w it connects. */
  interface Term {
    void visit(int yAt, int xAt, int wAt);
  }

  /** Visits every multiplication of a convolution; padding has none. */
  static void forEach(ConvolutionShape shape, Term term) {
    int yAt = 0;
    for (int n = 0; n < shape.images(); n++) {
      for (int k = 0; k < shape.filters(); k++) {
        for (int p = 0; p < shape.outputHeight(); p++) {
          for (int q = 0; q < shape.outputWidth(); q++, yAt++) {
            forEachTap(shape, n, k, p, q, yAt, term);
          }
        }
      }
    }
  }

  private static void forEachTap(
      ConvolutionShape shape, int n, int k, int p, int q, int yAt, Term term) {
    int wAt = k * shape.taps();
    for (int c = 0; c < shape.channels(); c++) {
      for (int r = 0; r < shape.filterHeight(); r++) {
        for (int s = 0; s < shape.filterWidth(); s++, wAt++) {
          int y = p * shape.stride() + r - shape.padding();
          int x = q * shape.stride() + s - shape.padding();
          if (y >= 0 && y < shape.height() && x >= 0 && x < shape.width()) {
            term.visit(
                yAt, ((n * shape.channels() + c) * shape.height() + y) * shape.width() + x, wAt);
          }
        }
      }
    }
  }
}
