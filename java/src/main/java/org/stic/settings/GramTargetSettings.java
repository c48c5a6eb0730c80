package org.stic.settings;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a drawing's Gram matrices are drawn to, by its kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = GramTargetSettings.ClassMean.class, name = "class-mean"),
  @JsonSubTypes.Type(value = GramTargetSettings.OneImage.class, name = "one-image")
})
public sealed interface GramTargetSettings {

  /**
   * The mean over real training images of the class.
   *
   * @param images how many of each class
   */
  record ClassMean(int images) implements GramTargetSettings {
    public ClassMean {
      Requirement.atLeast("sampler.gram.target.images", images, 1);
    }
  }

  /** One random real training image of the class, another for each drawing. */
  record OneImage() implements GramTargetSettings {}
}
