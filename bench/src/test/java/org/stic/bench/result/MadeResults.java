package org.stic.bench.result;

import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Results that nothing measured. */
final class MadeResults {
  static final DeviceIdentity DEVICE =
      new DeviceIdentity("Made GPU", DeviceIdentity.Kind.GPU, "CUDA 13.0", "Made processor", 4);
  static final MachineCondition QUIET = new MachineCondition(0.1, 4, 3.9, 0, null);
  static final String NAME = "Bench03MatrixProduct.product";

  private MadeResults() {}

  static ResultFile file(Row... rows) {
    return file(DEVICE, rows);
  }

  static ResultFile file(DeviceIdentity device, Row... rows) {
    return new ResultFile(
        ResultFile.SCHEMA,
        "suite",
        "stic bench Bench03",
        device,
        "abc1234",
        "2026-01-02T03:04:05Z",
        "0.1.0",
        QUIET,
        QUIET,
        List.of(new Ceiling(Ceiling.Kind.COPY, "", "copy", List.of(99.0, 100.0))),
        List.of(rows));
  }

  static RowBuilder row(int size) {
    return Row.of(NAME, Map.of("size", Integer.toString(size)), RowKind.HOST).samples(samples(1));
  }

  static List<Double> samples(double... values) {
    return DoubleStream.of(values).boxed().toList();
  }
}
