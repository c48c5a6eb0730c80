package org.stic.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plain text in aligned columns: numbers to the right, all else to the left. */
public final class Table {
  private static final String GAP = "  ";
  private static final Pattern NUMBER =
      Pattern.compile("|-|[-+]?[0-9][0-9.,]*%?( ± [0-9][0-9.,]*)?");

  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... header) {
    row((Object[]) header);
  }

  /** Adds a row with as many cells as the header. */
  public Table row(Object... cells) {
    if (!rows.isEmpty() && cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          "the table has %d columns, not %d".formatted(rows.getFirst().size(), cells.length));
    }
    rows.add(IntStream.range(0, cells.length).mapToObj(cell -> cells[cell].toString()).toList());
    return this;
  }

  /** All rows, each ended by a newline. */
  @Override
  public String toString() {
    return rows.stream().map(this::line).collect(Collectors.joining());
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String padding = " ".repeat(width(column) - row.get(column).length());
      line.append(column == 0 ? "" : GAP);
      line.append(isNumeric(column) ? padding + row.get(column) : row.get(column) + padding);
    }
    return line.toString().stripTrailing() + "\n";
  }

  /** Whether a cell belongs to the right of its column. */
  static boolean isNumber(String cell) {
    return NUMBER.matcher(cell).matches();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private boolean isNumeric(int column) {
    return rows.stream().skip(1).map(row -> row.get(column)).allMatch(Table::isNumber);
  }
}
