package org.stic.bench;

import org.stic.bench.result.ResultException;
import org.stic.cuda.DeviceUnavailableException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever went wrong into one sentence on the error stream and an exit code. */
final class FailureHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    command.getErr().println("stic bench: " + problem.getMessage());
    command.getErr().println("Try '%s help'.".formatted(root(command).getCommandName()));
    return ExitCodes.WRONG_USE;
  }

  @Override
  public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
    String message = problem.getMessage();
    command.getErr().println("stic bench: " + (message == null ? problem.toString() : message));
    return switch (problem) {
      case WrongUseException _, ResultException _, DeviceUnavailableException _ ->
          ExitCodes.WRONG_USE;
      default -> ExitCodes.FAILED;
    };
  }

  private static CommandLine root(CommandLine command) {
    return command.getParent() == null ? command : root(command.getParent());
  }
}
