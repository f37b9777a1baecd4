package io.valiant.benchmark.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars from zero, each with its spread, as an SVG that stands on any ground: it has none of its own, and its colours
 * follow the reader's light or dark mode.
 */
final class Plot {
    private static final int WIDTH = 760;
    private static final int LEFT = 300;
    private static final int RIGHT = 120;
    private static final int TOP = 46;
    private static final int STEP = 26;
    private static final int BAR = 14;
    private static final String STYLE = "text{font:13px sans-serif;fill:#222}.t{font-weight:bold}.b{fill:#3b73b9}"
            + ".s{stroke:#222;stroke-width:1.5}.l{stroke:#b04a2f;stroke-width:1.5;stroke-dasharray:4 3}.m{fill:#b04a2f}"
            + "@media(prefers-color-scheme:dark){text{fill:#ddd}.b{fill:#6aa3e8}.s{stroke:#ddd}.l{stroke:#f0937a}.m{fill:#f0937a}}";

    private record Bar(String label, Spread spread) {}

    private final String title;
    private final double line;
    private final String lineLabel;
    private final List<Bar> bars = new ArrayList<>();

    /**
     * @param line where an upright line stands, or {@code NaN} for none
     * @param lineLabel what it means
     */
    Plot(String title, double line, String lineLabel) {
        this.title = title;
        this.line = line;
        this.lineLabel = lineLabel;
    }

    void bar(String label, Spread spread) {
        bars.add(new Bar(label, spread));
    }

    boolean isEmpty() {
        return bars.isEmpty();
    }

    String svg() {
        double end = Math.max(
                Double.isNaN(line) ? 0 : line,
                bars.stream().mapToDouble(bar -> bar.spread().most()).max().orElse(1));
        int height = TOP + bars.size() * STEP + 10;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + height + "\" width=\""
                + WIDTH + "\" height=\"" + height + "\" role=\"img\">\n");
        svg.append("<title>" + escaped(title) + "</title>\n<style>" + STYLE + "</style>\n");
        svg.append("<text class=\"t\" x=\"10\" y=\"20\">" + escaped(title) + "</text>\n");
        for (int i = 0; i < bars.size(); i++) {
            bar(svg, bars.get(i), TOP + i * STEP, end);
        }
        if (!Double.isNaN(line)) {
            String x = number(x(line, end));
            svg.append(
                    "<line class=\"l\" x1=\"" + x + "\" x2=\"" + x + "\" y1=\"" + (TOP - 4) + "\" y2=\"" + (height - 8)
                            + "\"/>\n<text class=\"m\" x=\"" + x + "\" y=\"" + (TOP - 10) + "\" text-anchor=\"middle\">"
                            + escaped(lineLabel) + "</text>\n");
        }
        return svg.append("</svg>\n").toString();
    }

    private static void bar(StringBuilder svg, Bar bar, int y, double end) {
        Spread spread = bar.spread();
        double middle = y + BAR / 2.0;
        svg.append("<text x=\"" + (LEFT - 8) + "\" y=\"" + (y + BAR - 2) + "\" text-anchor=\"end\">"
                + escaped(bar.label()) + "</text>\n");
        svg.append("<rect class=\"b\" x=\"" + LEFT + "\" y=\"" + y + "\" width=\""
                + number(x(spread.median(), end) - LEFT) + "\" height=\"" + BAR + "\"/>\n");
        svg.append("<line class=\"s\" x1=\"" + number(x(spread.least(), end)) + "\" x2=\""
                + number(x(spread.most(), end)) + "\" y1=\"" + middle + "\" y2=\"" + middle + "\"/>\n");
        svg.append("<text x=\"" + number(x(spread.most(), end) + 8) + "\" y=\"" + (y + BAR - 2) + "\">"
                + Spread.number(spread.median()) + "</text>\n");
    }

    private static double x(double value, double end) {
        return LEFT + value / end * (WIDTH - LEFT - RIGHT);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
