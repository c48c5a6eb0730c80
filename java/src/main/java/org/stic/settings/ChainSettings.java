package org.stic.settings;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Where the chains of a pass begin. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ChainSettings.Canvas.class, name = "canvas"),
  @JsonSubTypes.Type(value = ChainSettings.Persistent.class, name = "persistent"),
  @JsonSubTypes.Type(value = ChainSettings.Cascade.class, name = "cascade")
})
public sealed interface ChainSettings {

  /** Every chain begins at a canvas. */
  record Canvas() implements ChainSettings {}

  /**
   * Chains go on from where they, or others of their class, stopped earlier.
   *
   * @param size chains that are kept
   * @param restart probability that a chain which goes on begins at a canvas again
   */
  record Persistent(int size, double restart) implements ChainSettings {
    public Persistent {
      Requirement.atLeast("pass.chains.size", size, 1);
      Requirement.between("pass.chains.restart", restart, 0, 1);
    }
  }

  /**
   * The chains of a pass go on from the drawings of the pass before; finished classifiers draw with
   * the classifiers of all passes in turn.
   */
  record Cascade() implements ChainSettings {}
}
