package org.stic.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The benchmarks that JMH's options choose, looked at before anything runs.
 *
 * @param options as JMH reads them
 * @param entries one for each benchmark and mode
 */
record Selection(CommandLineOptions options, SortedSet<BenchmarkListEntry> entries) {
  /** What runs without a word: the numbered classes, and not the samples of how to measure. */
  private static final String SUITE = "\\.Bench[0-9]{2}";

  private static final OutputFormat SILENT =
      OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);

  /**
   * Reads JMH's options.
   *
   * @throws WrongUseException if they are no options, if one of their expressions chooses nothing,
   *     or if a parameter is unknown or cannot have its value
   */
  static Selection of(List<String> words) {
    CommandLineOptions options = parse(words);
    if (options.getIncludes().isEmpty()) {
      return of(Stream.concat(words.stream(), Stream.of(SUITE)).toList());
    }
    options.getIncludes().forEach(Selection::requireMatch);
    Selection selection =
        new Selection(options, find(options.getIncludes(), options.getExcludes()));
    if (selection.entries.isEmpty()) {
      throw new WrongUseException("the options exclude every benchmark; -l lists what there is");
    }
    selection.requireParameters(parameters(words));
    return selection;
  }

  private static CommandLineOptions parse(List<String> words) {
    try {
      return new CommandLineOptions(words.toArray(String[]::new));
    } catch (CommandLineOptionException e) {
      throw new WrongUseException(e.getMessage() + "; 'stic bench help' names the options");
    }
  }

  private static SortedSet<BenchmarkListEntry> find(List<String> includes, List<String> excludes) {
    return BenchmarkList.defaultList().find(SILENT, includes, excludes);
  }

  /** All classes of benchmarks in the order of their names. */
  static List<Class<?>> classes() {
    List<Class<?>> classes = new ArrayList<>();
    find(List.of(), List.of()).stream()
        .map(BenchmarkListEntry::getUserClassQName)
        .distinct()
        .sorted()
        .forEach(name -> classes.add(load(name)));
    return classes;
  }

  private static void requireMatch(String expression) {
    try {
      if (!find(List.of(expression), List.of()).isEmpty()) {
        return;
      }
    } catch (PatternSyntaxException e) {
      throw new WrongUseException(
          "'%s' is no regular expression: %s".formatted(expression, e.getDescription()));
    }
    List<String> names = classes().stream().map(Class::getSimpleName).toList();
    throw new WrongUseException(
        "no benchmark is called '%s'%s; 'stic bench -l' lists all"
            .formatted(expression, NearNames.hint(expression, names)));
  }

  /** The names that {@code -p} sets, in order. */
  private static List<String> parameters(List<String> words) {
    List<String> names = new ArrayList<>();
    for (int index = 0; index < words.size() - 1; index++) {
      if (words.get(index).equals("-p")) {
        names.add(words.get(index + 1).split("=", 2)[0]);
      }
    }
    return names;
  }

  private void requireParameters(List<String> names) {
    List<Map<String, ParameterRule>> rules =
        entries.stream()
            .map(entry -> ParameterRule.of(load(entry.getUserClassQName())))
            .distinct()
            .toList();
    for (String name : names) {
      List<ParameterRule> named =
          rules.stream().flatMap(known -> Stream.ofNullable(known.get(name))).toList();
      if (named.isEmpty()) {
        throw unknown(name, rules);
      }
      Collection<String> values = options.getParameter(name).orElse(List.of());
      named.forEach(rule -> rule.require(values));
    }
  }

  private static WrongUseException unknown(String name, List<Map<String, ParameterRule>> rules) {
    SortedSet<String> known = new TreeSet<>();
    rules.forEach(map -> known.addAll(map.keySet()));
    String all = known.isEmpty() ? "none" : String.join(", ", known);
    return new WrongUseException(
        "no chosen benchmark has a parameter '%s'%s; they have %s"
            .formatted(name, NearNames.hint(name, known), all));
  }

  /**
   * Requires that every benchmark has one time, which is what results store.
   *
   * @throws WrongUseException if {@code -bm} asks for several modes
   */
  void requireOneMode() {
    Collection<Mode> modes = options.getBenchModes();
    if (modes.size() > 1 || modes.contains(Mode.All)) {
      throw new WrongUseException("--out stores one time for each benchmark: name one mode at -bm");
    }
  }

  /** How many results a run without failures has: one for each mode and set of parameters. */
  int results() {
    return entries.stream().mapToInt(this::results).sum();
  }

  private int results(BenchmarkListEntry entry) {
    Map<String, String[]> own = entry.getParams().orElse(new TreeMap<>());
    int sets =
        own.entrySet().stream()
            .mapToInt(
                parameter ->
                    options
                        .getParameter(parameter.getKey())
                        .orElse(List.of(parameter.getValue()))
                        .size())
            .reduce(1, Math::multiplyExact);
    return sets * modes(entry);
  }

  private int modes(BenchmarkListEntry entry) {
    Collection<Mode> modes = options.getBenchModes();
    boolean isAll = modes.contains(Mode.All) || (modes.isEmpty() && entry.getMode() == Mode.All);
    return isAll ? Mode.values().length - 1 : Math.max(1, modes.size());
  }

  /** A class by the name that the list has: dots before nested ones too. */
  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      int dot = name.lastIndexOf('.');
      if (dot < 0) {
        throw new IllegalStateException("the list of benchmarks names a class that is missing", e);
      }
      return load(name.substring(0, dot) + "$" + name.substring(dot + 1));
    }
  }
}
