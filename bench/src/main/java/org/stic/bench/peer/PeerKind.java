package org.stic.bench.peer;

import java.util.List;
import java.util.Locale;

/** The peers that are known, and the kinds of subjects that each is asked for. */
enum PeerKind {
  OPENBLAS("matrix-product|gram-value"),
  ONEDNN("convolution-.*"),
  LIBTORCH(".*-step"),
  TORCH("matrix-product|gram-.*|convolution-.*|langevin|metropolis|.*-step|network-.*"),
  TORCH_COMPILE("gram-gradient|langevin|metropolis|.*-step|network-.*"),
  TORCH_START("start-up"),
  JAX("mala-.*"),
  TORCH_GRAPH("gram-gradient|langevin|metropolis|.*-step|network-.*");

  private final String kinds;

  PeerKind(String kinds) {
    this.kinds = kinds;
  }

  /** Whether the peer has something to say about a subject. */
  boolean isAskedFor(Subject subject) {
    return subject.kind().matches(kinds);
  }

  /** Its name on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The peer of a word.
   *
   * @throws IllegalArgumentException if there is none
   */
  static PeerKind of(String word) {
    return List.of(values()).stream()
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no peer '%s'; peers are %s"
                        .formatted(
                            word,
                            String.join(
                                ", ", List.of(values()).stream().map(PeerKind::word).toList()))));
  }

  /** Whether it is asked on such a device. */
  boolean worksOn(boolean gpu) {
    return switch (this) {
      case OPENBLAS, ONEDNN, LIBTORCH -> !gpu;
      case TORCH_GRAPH -> gpu;
      case TORCH, TORCH_COMPILE, TORCH_START, JAX -> true;
    };
  }
}
