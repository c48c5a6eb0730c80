package org.stic.attention;

/**
 * How much each point of a whole view matters, and where a window over most of it lies.
 *
 * @param side points along one side
 * @param values side * side numbers of at least 0, row after row
 */
@SuppressWarnings("ArrayRecordComponent")
record SaliencyMap(int side, float[] values) {

  /**
   * The point around which the map, weighed by a tent of a window's size, is largest: the window
   * whose middle holds most. Of equal points the first, but the middle of a map without a peak.
   *
   * @param extent points along the window's side
   * @return column and row in points
   */
  double[] peak(double extent) {
    double[] tent = tent(extent / 2);
    double[] pooled = pool(pool(widened(), tent, 1, side), tent, side, 1);
    int best = -1;
    double highest = 0;
    for (int point = 0; point < pooled.length; point++) {
      if (pooled[point] > highest) {
        highest = pooled[point];
        best = point;
      }
    }
    double middle = (side - 1) / 2.;
    int row = best / side;
    return best < 0 ? new double[] {middle, middle} : new double[] {best - row * side, row};
  }

  private double[] widened() {
    double[] wide = new double[values.length];
    for (int point = 0; point < wide.length; point++) {
      wide[point] = values[point];
    }
    return wide;
  }

  /** Weights of distances 0, 1, ..., falling to 0 at the reach. */
  private static double[] tent(double reach) {
    double[] tent = new double[Math.max(1, (int) Math.ceil(reach))];
    for (int distance = 0; distance < tent.length; distance++) {
      tent[distance] = 1 - distance / Math.max(reach, 1);
    }
    return tent;
  }

  /** Sums along lines of points {@code step} apart; lines begin {@code lines} apart. */
  private double[] pool(double[] map, double[] tent, int step, int lines) {
    double[] pooled = new double[map.length];
    for (int line = 0; line < side; line++) {
      for (int place = 0; place < side; place++) {
        int from = Math.max(0, place - tent.length + 1);
        int to = Math.min(side - 1, place + tent.length - 1);
        double sum = 0;
        for (int other = from; other <= to; other++) {
          sum += tent[Math.abs(other - place)] * map[line * lines + other * step];
        }
        pooled[line * lines + place * step] = sum;
      }
    }
    return pooled;
  }
}
