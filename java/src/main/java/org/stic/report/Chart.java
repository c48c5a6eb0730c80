package org.stic.report;

import java.util.List;
import java.util.Map;

/** A picture of numbers, which {@link ChartRenderer} draws. */
public sealed interface Chart
    permits LineChart, ConfusionChart, Histogram, ReliabilityDiagram, RooflineChart {

  /** What is shown, with its unit. */
  String title();

  /** What the chart says, in a sentence, for readers who do not see it. */
  String description();

  /** Names of what the chart compares, in the order of the colours of {@link PlotSpecification}. */
  List<String> names();

  /** The plot in the terms of {@link PlotSpecification}. */
  Map<String, Object> specification();
}
