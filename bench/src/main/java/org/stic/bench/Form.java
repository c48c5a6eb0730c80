package org.stic.bench;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How a parameter that is a text must be written; what is not is refused before anything runs. */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Form {
  /** The form in words, with an example. */
  String value();

  /** A regular expression that the whole value must match. */
  String pattern();
}
