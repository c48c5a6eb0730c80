package org.stic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.stic.data.DatasetException;
import org.stic.data.FetchException;
import org.stic.data.IoReason;
import org.stic.model.SafetensorsException;
import org.stic.settings.ConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever went wrong into one sentence on the error stream and an exit code. */
final class FailureHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("stic: " + oneSentence(problem) + suggestions(problem));
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.WRONG_USE;
  }

  @Override
  public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    err.println(
        "stic: " + oneSentence(problem) + DeviceFailure.remedy(problem, command.getCommand()));
    if (SticCommand.isDebugging(command)) {
      problem.printStackTrace(err);
    }
    return exitCode(problem);
  }

  private static int exitCode(Exception problem) {
    return switch (problem) {
      case FetchException _ -> ExitCode.FAILED;
      case UsageException _, ConfigurationException _, DatasetException _, SafetensorsException _ ->
          ExitCode.WRONG_USE;
      case CancellationException _, ClosedByInterruptException _ -> ExitCode.INTERRUPTED;
      default -> ExitCode.FAILED;
    };
  }

  private static String oneSentence(Exception problem) {
    // An interrupt in the middle of a write closes the file's channel; the file was a temporary
    // one.
    if (problem instanceof ClosedByInterruptException) {
      return "interrupted; nothing half-written is left";
    }
    if (problem instanceof IOException failure) {
      return "cannot read or write: " + IoReason.of(failure);
    }
    String message = problem.getMessage();
    boolean isForUsers = message != null && !message.isBlank();
    return isForUsers
        ? message.lines().findFirst().orElseThrow().replaceFirst("^Error: ", "")
        : problem.toString();
  }

  private static String suggestions(ParameterException problem) {
    List<String> known =
        problem instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return known.isEmpty() ? "" : "; did you mean " + String.join(" or ", known) + "?";
  }
}
