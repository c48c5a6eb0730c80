package org.stic.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.stic.metrics.ClassificationQuality;
import org.stic.metrics.ReliabilityBin;

/**
 * What a pass keeps for its report beside its line of metrics.
 *
 * @param pass number of the pass
 * @param classes names of the classes
 * @param shownClasses how many of them have a row in the picture of the pass, the first ones
 * @param test how well the classifier knows the test images
 * @param chains how the chains of the evaluation went; null before the last pass
 * @param memorisation whether drawings are copies; null before the last pass
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PassRecord(
    int pass,
    List<String> classes,
    int shownClasses,
    Test test,
    ChainRecord chains,
    Memorisation memorisation) {

  /**
   * The classifier on test images.
   *
   * @param images test images
   * @param accuracy fraction classified right
   * @param topFiveAccuracy fraction whose class is among the five largest logits
   * @param negativeLogLikelihood mean, in nats
   * @param expectedCalibrationError of {@code bins}
   * @param bins of the reliability diagram
   * @param confusion images of a class (row) that were taken for a class (column); null for more
   *     than {@value #MOST_CLASSES} classes
   * @param mistakes the most frequent ones
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @SuppressWarnings("ArrayRecordComponent")
  record Test(
      int images,
      double accuracy,
      double topFiveAccuracy,
      double negativeLogLikelihood,
      double expectedCalibrationError,
      List<ReliabilityBin> bins,
      int[][] confusion,
      List<Mistake> mistakes) {
    private static final int MOST_CLASSES = 20;
    private static final int MOST_MISTAKES = 10;

    static Test of(ClassificationQuality quality) {
      int[][] counts = quality.confusion().counts();
      return new Test(
          quality.images(),
          quality.accuracy(),
          quality.topFiveAccuracy(),
          quality.negativeLogLikelihood(),
          quality.calibration().expectedError(),
          quality.calibration().bins(),
          counts.length <= MOST_CLASSES ? counts : null,
          mistakes(counts));
    }

    private static List<Mistake> mistakes(int[][] counts) {
      return IntStream.range(0, counts.length)
          .boxed()
          .flatMap(truth -> mistakes(counts, truth))
          .sorted(Comparator.comparingInt(Mistake::images).reversed())
          .limit(MOST_MISTAKES)
          .toList();
    }

    private static Stream<Mistake> mistakes(int[][] counts, int truth) {
      return IntStream.range(0, counts.length)
          .filter(answer -> answer != truth && counts[truth][answer] > 0)
          .mapToObj(answer -> new Mistake(truth, answer, counts[truth][answer]));
    }
  }

  /** Images of class {@code truth} that were taken for class {@code answer}. */
  record Mistake(int truth, int answer, int images) {}
}
