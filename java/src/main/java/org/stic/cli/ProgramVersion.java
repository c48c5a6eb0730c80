package org.stic.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the program's archive. */
final class ProgramVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"stic " + current()};
  }

  static String current() {
    String built = ProgramVersion.class.getPackage().getImplementationVersion();
    return Objects.requireNonNullElse(built, "from classes, without a version");
  }
}
