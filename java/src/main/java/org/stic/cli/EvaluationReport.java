package org.stic.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.stic.metrics.ClassificationQuality;
import org.stic.training.OutlierDetection;
import org.stic.training.Robustness;
import org.stic.training.TrainedClassifier;

/**
 * All that {@code stic evaluate} found, as it is printed for programs.
 *
 * @param subject the run's folder, or the network and its file
 * @param data the test images' set
 * @param testSelection which test images were classified
 * @param quality the figures that a pass keeps; null for a classifier that does not draw
 * @param classification on the test images
 * @param samples drawings and their floor; null for a classifier that does not draw
 * @param outliers one for each other set
 * @param robustness one for each attack
 * @param attackControls for each norm, an attack in a ball that reaches half of the pixels' range:
 *     accuracy that it leaves is a sign of masked gradients
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EvaluationReport(
    String subject,
    String data,
    String testSelection,
    @JsonUnwrapped TrainedClassifier.Quality quality,
    ClassificationQuality classification,
    SampleComparison samples,
    List<OutlierDetection> outliers,
    List<Robustness> robustness,
    List<Robustness> attackControls) {}
