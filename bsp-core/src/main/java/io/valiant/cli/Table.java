package io.valiant.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Facts in columns, for people: each as wide as its widest cell, with two blanks between. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with a line of headings. */
    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /** Adds a row; null shows as {@code -}, any other cell as one line of plain text. */
    public Table row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell == null ? "-" : Plain.line(cell.toString()));
        }
        rows.add(row);
        return this;
    }

    /** Prints all rows. */
    public void print(PrintStream out) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                int width = row.get(column).length();
                if (column == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(column, Math.max(width, widths.get(column)));
                }
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(widths.get(column) - cell.length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
