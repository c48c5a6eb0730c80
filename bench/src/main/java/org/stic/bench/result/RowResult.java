package org.stic.bench.result;

import java.util.List;
import java.util.Map;

/**
 * What a JMH profiler's result implements that has rows of its own to store, such as device times
 * of each kernel with all their samples. Other results of profilers become one row each.
 */
public interface RowResult {
  /**
   * The rows, made in the process that stores them.
   *
   * @param benchmark class and method
   * @param parameters of the benchmark by name
   */
  List<Row> rows(String benchmark, Map<String, String> parameters);
}
