package org.stic.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stic.bench.Bench07Convolution.Pass;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;

class SubjectsTest {

  @Test
  void namesAreDifferentAndEachHasAPeer() {
    List<Subject> all = Subjects.named(List.of());
    assertEquals(all.size(), all.stream().map(Subject::name).distinct().count());
    for (Subject subject : all) {
      assertTrue(
          Stream.of(PeerKind.values()).anyMatch(kind -> kind.isAskedFor(subject)), subject.name());
    }
  }

  @Test
  void wordsNameGroupsAndBeginnings() {
    assertEquals(3, Subjects.named(List.of("steps")).size());
    assertEquals(1, Subjects.named(List.of("grmala-step:64")).size());
    assertEquals(3, Subjects.named(List.of("grmala-step", "steps")).size());
    assertEquals(
        "no subject 'stepps'; groups are steps, start, chains, gram, sampler, products,"
            + " convolutions, networks, and --list names all subjects",
        assertThrows(IllegalArgumentException.class, () -> Subjects.named(List.of("stepps")))
            .getMessage());
  }

  /** Each kind that tells what is right by itself, at awkward sizes. */
  static Stream<Subject> selfChecking() {
    return Stream.of(
        ProductSubjects.matrix(33),
        ProductSubjects.gram(3, 5, 31),
        ConvolutionSubjects.of(Pass.FORWARD, "2x3x9x7/5x3/s2/p1"),
        ConvolutionSubjects.of(Pass.BACKWARD_DATA, "2x3x9x7/5x3/s2/p1"),
        ConvolutionSubjects.of(Pass.BACKWARD_FILTER, "2x3x9x7/5x3/s2/p1"),
        SamplerSubjects.langevin(33, 784),
        SamplerSubjects.metropolis(31, 127),
        new GaussianChainsSubject(127, 7));
  }

  @ParameterizedTest
  @MethodSource("selfChecking")
  void oursIsRightAndAWrongResultIsCaught(Subject subject) {
    List<Operand> operands = subject.operands();
    try (Device device = Device.open(DeviceChoice.CPU);
        Side ours = subject.ours(device, operands)) {
      double[] result = ours.result();
      Check check = subject.check(operands).orElseThrow();
      check.verify("ours", result);
      double[] wrong = result.clone();
      java.util.Arrays.setAll(wrong, index -> 1.2 * result[index] + 0.1);
      assertThrows(WrongResultException.class, () -> check.verify("ours", wrong));
      assertTrue(ours.seconds(3) > 0);
    }
  }

  /** Steps draw noise when they are timed; their results for the check have none. */
  @ParameterizedTest
  @MethodSource("steps")
  void resultsOfStepsAreTheSameEachTime(Subject subject) {
    List<Operand> operands = subject.operands();
    try (Device device = Device.open(DeviceChoice.CPU);
        Side first = subject.ours(device, operands);
        Side second = subject.ours(device, operands)) {
      org.junit.jupiter.api.Assertions.assertArrayEquals(first.result(), second.result());
      assertTrue(first.seconds(2) > 0);
    }
  }

  static Stream<Subject> steps() {
    return Stream.of(
        new GrmalaStepSubject(3), new TrainingStepSubject(), new GramGradientSubject(2, 3, 31));
  }
}
