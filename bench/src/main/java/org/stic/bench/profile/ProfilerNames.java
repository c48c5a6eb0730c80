package org.stic.bench.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Short names of the profilers of this package: JMH knows those that it does not bring itself by
 * their classes only.
 */
public final class ProfilerNames {
  private static final Map<String, Class<?>> SHORT =
      Map.of(
          "device", DeviceTimeProfiler.class,
          "capture", CaptureProfiler.class,
          "ncu", NsightComputeProfiler.class,
          "nsys", NsightSystemsProfiler.class);

  private ProfilerNames() {}

  /** The short names in the order of the alphabet. */
  public static Set<String> all() {
    return new TreeSet<>(SHORT.keySet());
  }

  /** JMH's words with the profilers behind {@code -prof} named in full. */
  public static List<String> inFull(List<String> words) {
    List<String> full = new ArrayList<>();
    for (String word : words) {
      full.add(!full.isEmpty() && full.getLast().equals("-prof") ? inFull(word) : word);
    }
    return full;
  }

  private static String inFull(String profiler) {
    int colon = profiler.indexOf(':');
    String name = colon < 0 ? profiler : profiler.substring(0, colon);
    Class<?> named = SHORT.get(name);
    return named == null ? profiler : named.getName() + profiler.substring(name.length());
  }
}
