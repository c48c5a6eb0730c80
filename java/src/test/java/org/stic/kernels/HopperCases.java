package org.stic.kernels;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Convolutions by asynchronous copies and products, by way of all their launches. Factors are
 * bfloat16 already, so that the oracle sees what the products see; packing has rows of its own.
 */
final class HopperCases {
  /** Blocks for several tiles: each takes more than one. */
  private static final int BLOCKS = 2;

  private static final float[] SLOPES = {1, 0, 0.25f};

  private static final List<ConvolutionShape> SHAPES =
      List.of(
          new ConvolutionShape(1, 1, 1, 1, 1, 1, 1, 1, 0),
          new ConvolutionShape(2, 3, 7, 7, 9, 3, 3, 1, 1),
          // Strides with remainders, taps of even number, a filter that is not square.
          new ConvolutionShape(1, 5, 9, 8, 7, 3, 3, 2, 1),
          new ConvolutionShape(2, 1, 8, 8, 3, 4, 4, 2, 1),
          new ConvolutionShape(1, 3, 10, 12, 5, 5, 3, 3, 4),
          // Pixels that no tap meets.
          new ConvolutionShape(1, 4, 5, 5, 2, 1, 1, 2, 0),
          // More channels than a step is deep, by less and by more than half a step.
          new ConvolutionShape(1, 80, 4, 4, 8, 1, 1, 1, 0),
          new ConvolutionShape(1, 120, 3, 3, 66, 1, 2, 1, 1),
          // More positions than a tile has rows, over images.
          new ConvolutionShape(40, 2, 2, 2, 3, 2, 2, 1, 1));

  /** For the wider kernels: more columns than one tile has, and more steps than the ring slots. */
  private static final List<ConvolutionShape> WIDE =
      List.of(
          new ConvolutionShape(1, 170, 3, 3, 170, 1, 1, 1, 0),
          new ConvolutionShape(1, 40, 3, 3, 170, 3, 3, 1, 1));

  /** Enough pixels for several splits. */
  private static final ConvolutionShape SPLIT = new ConvolutionShape(3, 2, 20, 20, 3, 2, 1, 1, 0);

  private HopperCases() {}

  static Stream<KernelCase> rows() {
    Stream<KernelCase> forward =
        Arrays.stream(HopperWorkspace.FORWARD_WIDTHS)
            .boxed()
            .flatMap(
                width ->
                    Stream.of(
                        row(
                            HopperConvolution.CONVOLUTION + width,
                            "forward",
                            shapes(width),
                            (rig, shape) -> forward(rig, shape, width)),
                        row(
                            HopperConvolution.CONVOLUTION + width,
                            "by the data",
                            shapes(width),
                            (rig, shape) -> backwardData(rig, shape, width))));
    Stream<KernelCase> filter =
        Arrays.stream(HopperWorkspace.FILTER_WIDTHS)
            .mapToObj(
                width ->
                    row(
                        HopperConvolution.FILTER + width,
                        "",
                        shapes(width),
                        (rig, shape) -> backwardFilter(rig, shape, width, 1)));
    KernelCase sum =
        row(
            HopperConvolution.FILTER_SUM,
            "of several splits, with zeros behind",
            List.of(SPLIT),
            (rig, shape) -> backwardFilter(rig, shape, 64, 3));
    return Stream.of(forward, filter, Stream.of(sum, packImages(), packFilter()))
        .flatMap(rows -> rows);
  }

  private static List<ConvolutionShape> shapes(int width) {
    return width == 64 ? SHAPES : WIDE;
  }

  private static KernelCase row(
      String kernel,
      String situation,
      List<ConvolutionShape> shapes,
      BiConsumer<KernelRig, ConvolutionShape> test) {
    return new KernelCase(
        kernel,
        situation,
        rig -> {
          for (ConvolutionShape shape : shapes) {
            try (KernelRig.Scope _ = rig.scope()) {
              test.accept(rig, shape);
            }
          }
        });
  }

  private static void forward(KernelRig rig, ConvolutionShape shape, int width) {
    TestBuffer input = factors(rig, shape.inputElements());
    TestBuffer filter = factors(rig, shape.filterElements());
    TestBuffer bias = rig.uniform(shape.filters(), -1, 1);
    TestBuffer addend = rig.uniform(shape.outputElements(), -1, 1);
    TestBuffer output = rig.poisoned(shape.outputElements());
    float slope = SLOPES[shape.channels() % SLOPES.length];
    boolean plain = slope == 1;
    run(
        rig,
        shape,
        HopperWorkspace.forward(shape, 0).end(),
        work ->
            work.forward(
                width,
                output.address(),
                input.address(),
                filter.address(),
                plain ? 0 : bias.address(),
                plain ? 0 : addend.address(),
                slope));
    double[] sums = new double[output.length()];
    double[] magnitudes = new double[output.length()];
    float[] x = input.floats();
    float[] w = filter.floats();
    int plane = shape.outputHeight() * shape.outputWidth();
    for (int i = 0; !plain && i < sums.length; i++) {
      sums[i] = bias.floats()[i / plane % shape.filters()] + addend.floats()[i];
      magnitudes[i] = 2;
    }
    ConvolutionTerms.forEach(
        shape,
        (yAt, xAt, wAt) -> {
          sums[yAt] += (double) x[xAt] * w[wAt];
          magnitudes[yAt] += Math.abs((double) x[xAt] * w[wAt]);
        });
    double[] expected = Arrays.stream(sums).map(v -> v < 0 ? slope * v : v).toArray();
    Tolerance tolerance =
        KernelCatalog.entry(HopperConvolution.CONVOLUTION + width).tolerance(shape.taps() + 2);
    Expect.near(expected, magnitudes, output.floats(), tolerance);
  }

  private static void backwardData(KernelRig rig, ConvolutionShape shape, int width) {
    TestBuffer outputGradient = factors(rig, shape.outputElements());
    TestBuffer filter = factors(rig, shape.filterElements());
    TestBuffer inputGradient = rig.poisoned(shape.inputElements());
    run(
        rig,
        shape,
        HopperWorkspace.backwardData(shape, 0).end(),
        work ->
            work.backwardData(
                width, inputGradient.address(), outputGradient.address(), filter.address()));
    SumOracle oracle = new SumOracle(shape.inputElements());
    float[] dy = outputGradient.floats();
    float[] w = filter.floats();
    ConvolutionTerms.forEach(shape, (yAt, xAt, wAt) -> oracle.add(xAt, (double) dy[yAt] * w[wAt]));
    long terms = (long) shape.filters() * shape.filterHeight() * shape.filterWidth();
    oracle.expect(inputGradient, HopperConvolution.CONVOLUTION + width, terms);
  }

  private static void backwardFilter(
      KernelRig rig, ConvolutionShape shape, int width, int results) {
    TestBuffer outputGradient = factors(rig, shape.outputElements());
    TestBuffer input = factors(rig, shape.inputElements());
    TestBuffer gradients = rig.poisoned(shape.filterElements() * results);
    run(
        rig,
        shape,
        HopperWorkspace.backwardFilter(shape, width, 0).end(),
        work ->
            work.backwardFilter(
                width, gradients.address(), outputGradient.address(), input.address(), results));
    SumOracle oracle = new SumOracle(gradients.length());
    float[] dy = outputGradient.floats();
    float[] x = input.floats();
    ConvolutionTerms.forEach(shape, (yAt, xAt, wAt) -> oracle.add(wAt, (double) dy[yAt] * x[xAt]));
    oracle.expect(gradients, HopperConvolution.FILTER + width, shape.pixels());
  }

  private interface Plan {
    List<KernelRung> of(HopperConvolution work);
  }

  private static void run(KernelRig rig, ConvolutionShape shape, long bytes, Plan plan) {
    TestBuffer memory = rig.poisoned((bytes + HopperWorkspace.ALIGNMENT) / Float.BYTES);
    long begin =
        Math.ceilDiv(memory.address(), (long) HopperWorkspace.ALIGNMENT)
            * HopperWorkspace.ALIGNMENT;
    rig.run(
        plan.of(new HopperConvolution(shape, begin, BLOCKS)).stream()
            .map(launch -> new KernelCall(launch, Cost.NONE, List.of()))
            .toList());
  }

  /** Numbers of at most 7 bits, which bfloat16 has. */
  private static TestBuffer factors(KernelRig rig, long count) {
    float[] values = new float[Math.toIntExact(count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = rig.random().nextInt(-64, 65) / 64f;
    }
    return rig.floats(values);
  }

  private static KernelCase packImages() {
    return new KernelCase(
        HopperConvolution.PACK_IMAGES,
        "rounded to the nearer neighbour",
        rig -> {
          ConvolutionShape shape = new ConvolutionShape(2, 35, 5, 7, 1, 1, 1, 1, 0);
          TestBuffer images = rig.uniform(shape.inputElements(), -3, 3);
          int pixels = shape.height() * shape.width();
          int packed = HopperWorkspace.packed(shape.channels());
          TestBuffer output = rig.poisoned((long) shape.images() * pixels * packed / 2);
          rig.run(
              call(
                  HopperConvolution.PACK_IMAGES,
                  new long[] {pixels, packed, shape.images()},
                  new long[] {output.address(), images.address()},
                  shape.channels(),
                  packed,
                  pixels));
          float[] x = images.floats();
          float[] expected = new float[output.length() * 2];
          for (int i = 0; i < expected.length; i++) {
            int channel = i % packed;
            int n = i / packed / pixels;
            int at = (n * shape.channels() + channel) * pixels + i / packed % pixels;
            expected[i] = channel < shape.channels() ? nearest(x[at]) : 0;
          }
          Expect.same(expected, unpacked(output));
        });
  }

  private static KernelCase packFilter() {
    return new KernelCase(
        HopperConvolution.PACK_FILTER,
        "in both orders",
        rig -> {
          for (boolean byChannel : new boolean[] {false, true}) {
            packFilter(rig, byChannel);
          }
        });
  }

  private static void packFilter(KernelRig rig, boolean byChannel) {
    int filters = 5;
    int channels = 11;
    int taps = 6;
    int rows = byChannel ? channels : filters;
    int columns = byChannel ? filters : channels;
    int packed = HopperWorkspace.packed(columns);
    TestBuffer filter = rig.uniform((long) filters * channels * taps, -1, 1);
    TestBuffer output = rig.poisoned((long) taps * rows * packed / 2);
    int rowPitch = byChannel ? taps : channels * taps;
    int columnPitch = byChannel ? channels * taps : taps;
    rig.run(
        call(
            HopperConvolution.PACK_FILTER,
            new long[] {(long) taps * rows * packed, 1, 1},
            new long[] {output.address(), filter.address()},
            rows,
            columns,
            packed,
            taps,
            rowPitch,
            columnPitch));
    float[] w = filter.floats();
    float[] expected = new float[output.length() * 2];
    for (int i = 0; i < expected.length; i++) {
      int column = i % packed;
      int row = i / packed % rows;
      int at = row * rowPitch + column * columnPitch + i / packed / rows;
      expected[i] = column < columns ? nearest(w[at]) : 0;
    }
    Expect.same(expected, unpacked(output));
  }

  private static KernelCall call(String kernel, long[] extents, long[] pointers, int... sizes) {
    Stream<Argument> addresses = Arrays.stream(pointers).mapToObj(Argument::pointer);
    Stream<Argument> integers = Arrays.stream(sizes).mapToObj(Argument::integer);
    List<Argument> arguments = Stream.concat(addresses, integers).toList();
    return new KernelCall(kernel, extents[0], extents[1], extents[2], arguments, Cost.NONE);
  }

  /** The bfloat16 that is nearer; of two equally near the one with an even last bit. */
  private static float nearest(float value) {
    int low = Float.floatToRawIntBits(value) & 0xffff0000;
    float below = Float.intBitsToFloat(low);
    float above = Float.intBitsToFloat(low + 0x10000);
    double down = Math.abs((double) value - below);
    double up = Math.abs((double) above - value);
    boolean even = (low & 0x10000) == 0;
    return down < up || (down == up && even) ? below : above;
  }

  /** Both bfloat16 of each word, the lower half first. */
  private static float[] unpacked(TestBuffer packed) {
    float[] words = packed.floats();
    float[] values = new float[2 * words.length];
    for (int i = 0; i < values.length; i++) {
      int bits = Float.floatToRawIntBits(words[i / 2]);
      values[i] = Float.intBitsToFloat(i % 2 == 0 ? bits << 16 : bits & 0xffff0000);
    }
    return values;
  }
}
