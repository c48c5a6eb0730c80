package org.stic.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExecGraphTest {
  private Device device;
  private AffineChain chain;

  @BeforeEach
  void open() {
    device = TestDevice.open();
    chain = new AffineChain(device);
  }

  @AfterEach
  void close() {
    chain.close();
    device.close();
  }

  @Test
  void recordsWithoutRunning() {
    try (ExecGraph graph = capture(3)) {
      assertArrayEquals(AffineChain.expected(0), chain.values());
      graph.launch(device.stream());
      assertArrayEquals(AffineChain.expected(3), chain.values());
    }
  }

  @Test
  void replaysLikeDirectLaunchesAnyNumberOfTimes() {
    try (ExecGraph graph = capture(5)) {
      graph.launch(device.stream());
      chain.step(device.stream());
      graph.launch(device.stream());
      assertArrayEquals(AffineChain.expected(11), chain.values());
    }
  }

  @Test
  void recordsCopiesAndResets() {
    try (DeviceMemory copy = device.allocate(chain.memory().bytes());
        ExecGraph graph =
            ExecGraph.capture(
                device.stream(),
                () -> {
                  chain.reset();
                  chain.step(device.stream());
                  device.stream().copy(copy, 0, chain.memory(), 0, copy.bytes());
                  chain.step(device.stream());
                })) {
      graph.launch(device.stream());
      graph.launch(device.stream());
      assertArrayEquals(AffineChain.expected(1), copy.downloadFloats());
      assertArrayEquals(AffineChain.expected(2), chain.values());
    }
  }

  @Test
  void runsInAnotherStream() {
    try (Stream other = Stream.create(device);
        ExecGraph graph = capture(4)) {
      device.synchronize();
      graph.launch(other);
      other.synchronize();
      assertArrayEquals(AffineChain.expected(4), chain.values());
    }
  }

  @Test
  void endsTheRecordingWhenTheBodyFails() {
    IllegalArgumentException failure = new IllegalArgumentException("in the body");
    RuntimeException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                ExecGraph.capture(
                    device.stream(),
                    () -> {
                      chain.step(device.stream());
                      throw failure;
                    }));
    assertSame(failure, thrown);
    assertArrayEquals(AffineChain.expected(0), chain.values());
    chain.step(device.stream());
    assertArrayEquals(AffineChain.expected(1), chain.values());
  }

  @Test
  void refusesToSynchroniseWhileRecording() {
    assertThrows(
        DeviceException.class,
        () -> ExecGraph.capture(device.stream(), () -> device.stream().synchronize()));
    chain.step(device.stream());
    assertArrayEquals(AffineChain.expected(1), chain.values());
  }

  @Test
  void refusesUseAfterClose() {
    ExecGraph graph = capture(1);
    graph.close();
    graph.close();
    assertThrows(IllegalStateException.class, () -> graph.launch(device.stream()));
  }

  private ExecGraph capture(int steps) {
    return ExecGraph.capture(
        device.stream(),
        () -> {
          for (int i = 0; i < steps; i++) {
            chain.step(device.stream());
          }
        });
  }
}
