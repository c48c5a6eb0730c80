package org.stic.data;

/**
 * The ten figures of the synthetic set, each as a signed distance in units of its radius: negative
 * inside, positive outside, exact near the edge. x grows to the right and y downwards.
 *
 * <p>Distances after Quilez, "2D distance functions". {@link StrictMath} makes the pixels equal on
 * all machines.
 */
enum Outline {
  DISC {
    @Override
    double distance(double x, double y) {
      return length(x, y) - 1;
    }
  },
  RING {
    @Override
    double distance(double x, double y) {
      return Math.abs(length(x, y) - 0.75) - 0.25;
    }
  },
  SQUARE {
    @Override
    double distance(double x, double y) {
      return box(x, y, 0.8, 0.8);
    }
  },
  FRAME {
    @Override
    double distance(double x, double y) {
      return Math.abs(box(x, y, 0.65, 0.65)) - 0.2;
    }
  },
  TRIANGLE {
    @Override
    double distance(double x, double y) {
      double slanted = 0.866 * Math.abs(x) - 0.5 * y;
      return Math.max(slanted, y) - 0.5;
    }
  },
  PLUS {
    @Override
    double distance(double x, double y) {
      return Math.min(box(x, y, 0.95, 0.28), box(x, y, 0.28, 0.95));
    }
  },
  CRESCENT {
    @Override
    double distance(double x, double y) {
      return Math.max(length(x, y) - 1, 0.8 - length(x - 0.5, y));
    }
  },
  BARS {
    @Override
    double distance(double x, double y) {
      return box(x, Math.abs(y) - 0.55, 0.95, 0.25);
    }
  },
  DOTS {
    @Override
    double distance(double x, double y) {
      return length(Math.abs(x) - 0.6, y) - 0.4;
    }
  },
  CHEVRON {
    @Override
    double distance(double x, double y) {
      double across = 0.707 * (Math.abs(x) + y);
      double along = 0.707 * (Math.abs(x) - y);
      return box(along - 0.4, across, 0.7, 0.22);
    }
  };

  /** Signed distance of a point from the edge. */
  abstract double distance(double x, double y);

  private static double box(double x, double y, double halfWidth, double halfHeight) {
    double outsideX = Math.abs(x) - halfWidth;
    double outsideY = Math.abs(y) - halfHeight;
    double outside = length(Math.max(outsideX, 0), Math.max(outsideY, 0));
    return outside + Math.min(Math.max(outsideX, outsideY), 0);
  }

  private static double length(double x, double y) {
    return StrictMath.sqrt(x * x + y * y);
  }
}
