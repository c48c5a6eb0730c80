package org.stic.bench;

/**
 * The last elements of Gram matrices and of gradients by feature maps, in double precision by
 * definition.
 */
final class GramReference {
  private final int channels;
  private final int positions;
  private final float[] features;

  /** Holds F [batch, channels, positions], of which the last item is looked at. */
  GramReference(int channels, int positions, float[] features) {
    this.channels = channels;
    this.positions = positions;
    this.features = features;
  }

  /** Of {@code F F^T / positions}. */
  double lastValue() {
    return value(channels - 1, channels - 1);
  }

  /** Of {@code (D + D^T) F / positions}. */
  double lastGradient(float[] d) {
    double sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      sum += ((double) inLastRow(d, channel) + inLastColumn(d, channel)) * inLastPosition(channel);
    }
    return sum / positions;
  }

  /** Of {@code 4 (G - T) F / positions}, the gradient of {@code |G - T|^2} for symmetric T. */
  double lastDistanceGradient(float[] t) {
    double sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      sum += 4 * (value(channels - 1, channel) - inLastRow(t, channel)) * inLastPosition(channel);
    }
    return sum / positions;
  }

  private float inLastRow(float[] matrices, int column) {
    return matrices[matrices.length - channels + column];
  }

  private float inLastColumn(float[] matrices, int row) {
    return matrices[matrices.length - 1 - (channels - 1 - row) * channels];
  }

  private float inLastPosition(int channel) {
    return features[features.length - 1 - (channels - 1 - channel) * positions];
  }

  private double value(int row, int column) {
    int map = features.length - channels * positions;
    double sum = 0;
    for (int position = 0; position < positions; position++) {
      double left = features[map + row * positions + position];
      sum += left * features[map + column * positions + position];
    }
    return sum / positions;
  }
}
