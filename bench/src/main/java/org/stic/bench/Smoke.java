package org.stic.bench;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The sizes with which a benchmark is tried out in a moment: {@code name=value,value}, awkward ones
 * on purpose. A parameter that is not named takes all its values.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Smoke {
  /** One entry for each parameter that has its own values. */
  String[] value() default {};
}
