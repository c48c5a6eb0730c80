package org.stic.model;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stic.graph.Shape;

/**
 * Networks whose weights are published, by name:
 *
 * <pre>
 *   resnet20, resnet32, resnet44, resnet56, resnet110   {@link CifarResNet} with batch normalisation
 *   wrn-28-10, wrn-40-2, ...                            {@link WideResNet} with batch normalisation
 *   jem-wrn-28-10, ...                                  {@link WideResNet} in JEM's layout, without
 * </pre>
 *
 * The preprocessing of their images is a part of them: that of ImageNet for the first, of CIFAR-10
 * for the second, none for the last, whose images were in [-1, 1].
 */
public final class NamedModels {
  /** What users are told. */
  public static final String NAMES =
      "resnet20, resnet32, resnet44, resnet56, resnet110, wrn-28-10 (or another depth and width)"
          + " and jem-wrn-28-10";

  private static final Preprocessing IMAGENET =
      new Preprocessing(List.of(.485, .456, .406), List.of(.229, .224, .225));
  private static final Preprocessing CIFAR =
      new Preprocessing(
          List.of(125.3 / 255, 123.0 / 255, 113.9 / 255),
          List.of(63.0 / 255, 62.1 / 255, 66.7 / 255));

  private NamedModels() {}

  private record Kind(Pattern name, Function<Matcher, Factory> factory) {}

  /** Makes a network of images of a shape with a number of classes. */
  private interface Factory {
    ClassifierNetwork of(Shape image, int classes);
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind(Pattern.compile("resnet(\\d{1,4})"), NamedModels::resnet),
          new Kind(Pattern.compile("wrn-(\\d{1,3})-(\\d{1,3})"), NamedModels::wide),
          new Kind(Pattern.compile("jem-wrn-(\\d{1,3})-(\\d{1,3})"), NamedModels::jem));

  private static Factory resnet(Matcher name) {
    CifarResNet model = new CifarResNet(number(name, 1), 16, Normalisation.BATCH);
    return (image, classes) -> new PreprocessedNetwork(model.network(image, classes, 0), IMAGENET);
  }

  private static Factory wide(Matcher name) {
    WideResNet model =
        new WideResNet(
            number(name, 1), number(name, 2), WideResNet.Layout.STANDARD, Normalisation.BATCH);
    return (image, classes) -> new PreprocessedNetwork(model.network(image, classes, 0), CIFAR);
  }

  private static Factory jem(Matcher name) {
    WideResNet model =
        new WideResNet(number(name, 1), number(name, 2), WideResNet.Layout.JEM, Normalisation.NONE);
    return (image, classes) -> model.network(image, classes, 0);
  }

  private static int number(Matcher name, int group) {
    return Integer.parseInt(name.group(group));
  }

  /**
   * The network of a name.
   *
   * @param image shape of one image, [channels, height, width]
   * @throws IllegalArgumentException if there is none of that name, or it does not take the images
   */
  public static ClassifierNetwork of(String name, Shape image, int classes) {
    for (Kind kind : KINDS) {
      Matcher matcher = kind.name.matcher(name);
      if (matcher.matches()) {
        return kind.factory.apply(matcher).of(image, classes);
      }
    }
    throw new IllegalArgumentException(
        "unknown model '%s'; the models are %s".formatted(name, NAMES));
  }
}
