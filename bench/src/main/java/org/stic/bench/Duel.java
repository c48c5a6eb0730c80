package org.stic.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Param;
import org.stic.cuda.DeviceMemory;
import org.stic.kernels.Convolution;
import org.stic.kernels.ConvolutionShape;
import org.stic.kernels.Gram;
import org.stic.kernels.KernelCall;
import org.stic.kernels.MatrixProduct;
import org.stic.kernels.MatrixShape;

/**
 * Our side of a measurement in turn with another program, which drives it line by line: {@code
 * list} prints the subjects, with the sizes of the benchmarks; {@code prepare SUBJECT} makes one
 * ready; {@code save DIR} writes its operands and its result as little-endian floats; {@code run N}
 * prints the nanoseconds of N calls.
 */
public final class Duel {
  private static final int BATCH = 32;

  private Workbench workbench;
  private List<DeviceMemory> operands = new ArrayList<>();
  private DeviceMemory result;

  private Duel() {}

  /** Answers until the input ends. */
  public static void main(String[] arguments) throws IOException {
    Duel duel = new Duel();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(duel.answer(line));
    }
    duel.close();
  }

  private String answer(String line) throws IOException {
    String[] words = line.split(" ", 2);
    return switch (words[0]) {
      case "list" -> String.join(" ", subjects());
      case "prepare" -> prepare(words[1]);
      case "save" -> save(Path.of(words[1]));
      case "run" -> Long.toString(workbench.nanosecondsOf(Integer.parseInt(words[1])));
      default -> throw new IllegalArgumentException("unknown line: " + line);
    };
  }

  private static List<String> subjects() {
    List<String> subjects = new ArrayList<>();
    values(Bench06DenseProduct.class, "size").forEach(size -> subjects.add("matrix:" + size));
    values(Bench07Convolution.class, "shape")
        .forEach(shape -> subjects.add("convolution:" + BATCH + "x" + shape));
    values(Bench08Gram.class, "map").forEach(map -> subjects.add("gram:" + BATCH + "x" + map));
    return subjects;
  }

  private static List<String> values(Class<?> benchmark, String parameter) {
    try {
      return List.of(benchmark.getField(parameter).getAnnotation(Param.class).value());
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(benchmark + " has lost its parameter " + parameter, e);
    }
  }

  private String prepare(String subject) {
    close();
    workbench = new Workbench();
    operands = new ArrayList<>();
    String sizes = subject.substring(subject.indexOf(':') + 1);
    workbench.measure(
        List.of(subject.startsWith("convolution") ? convolution(sizes) : product(subject)));
    return "ready";
  }

  private KernelCall product(String subject) {
    String[] sizes = subject.substring(subject.indexOf(':') + 1).split("x", -1);
    int first = Integer.parseInt(sizes[0]);
    return subject.startsWith("matrix")
        ? matrix(first)
        : gram(first, Integer.parseInt(sizes[1]), Integer.parseInt(sizes[2]));
  }

  private KernelCall matrix(int size) {
    long elements = (long) size * size;
    result = workbench.buffer(Float.BYTES * elements);
    MatrixShape shape = new MatrixShape(1, size, size, size, false, false, false, false);
    return MatrixProduct.product(result.address(), operand(elements), operand(elements), shape, 1);
  }

  private KernelCall gram(int batch, int channels, int positions) {
    result = workbench.buffer((long) Float.BYTES * batch * channels * channels);
    long features = operand((long) batch * channels * positions);
    return Gram.matrix(result.address(), features, batch, channels, positions, 1f / positions);
  }

  private KernelCall convolution(String sizes) {
    ConvolutionShape shape = Bench07Convolution.parse(sizes);
    result = workbench.buffer(Float.BYTES * shape.outputElements());
    long input = operand(shape.inputElements());
    return Convolution.forward(result.address(), input, operand(shape.filterElements()), 0, shape);
  }

  private long operand(long elements) {
    operands.add(workbench.normals(elements, operands.size() + 1));
    return operands.getLast().address();
  }

  private String save(Path folder) throws IOException {
    workbench.nanosecondsOf(1);
    for (int index = 0; index < operands.size(); index++) {
      write(operands.get(index), folder.resolve("operand" + index));
    }
    write(result, folder.resolve("result"));
    return "saved";
  }

  private static void write(DeviceMemory memory, Path file) throws IOException {
    float[] values = memory.downloadFloats();
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(file, bytes.array());
  }

  private void close() {
    if (workbench != null) {
      workbench.close();
    }
  }
}
