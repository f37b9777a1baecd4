package io.valiant.benchmark.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars, each with its spread, as an SVG that stands on any ground: it has none of its own, and its colours
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
            + ".s{stroke:#222;stroke-width:1.5}.l{stroke:#b04a2f;stroke-width:1.5;stroke-dasharray:4 3}"
            + "@media(prefers-color-scheme:dark){text{fill:#ddd}.b{fill:#6aa3e8}.s{stroke:#ddd}.l{stroke:#f0937a}}";

    private record Bar(String label, Spread spread) {}

    /** Room beside the outermost value of a scale of ratios. */
    private static final double MARGIN = 1.3;

    private final String title;
    private final boolean hasRatios;
    private final List<Bar> bars = new ArrayList<>();

    // the ends of the scale, once all bars are there
    private double least;
    private double most;

    private Plot(String title, boolean hasRatios) {
        this.title = title;
        this.hasRatios = hasRatios;
    }

    /** Bars from zero, on an even scale. */
    static Plot ofAmounts(String title) {
        return new Plot(title, false);
    }

    /** Bars from one, to the left and right, on a logarithmic scale. */
    static Plot ofRatios(String title) {
        return new Plot(title, true);
    }

    void bar(String label, Spread spread) {
        bars.add(new Bar(label, spread));
    }

    boolean isEmpty() {
        return bars.isEmpty();
    }

    String svg() {
        most = bars.stream().mapToDouble(bar -> bar.spread().most()).max().orElse(1);
        least = 0;
        if (hasRatios) {
            least = bars.stream().mapToDouble(bar -> bar.spread().least()).min().orElse(1);
            least = Math.min(1, least) / MARGIN;
            most = Math.max(1, most) * MARGIN;
        }
        int height = TOP + bars.size() * STEP + 10;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + height + "\" width=\""
                + WIDTH + "\" height=\"" + height + "\" role=\"img\">\n");
        svg.append("<title>" + escaped(title) + "</title>\n<style>" + STYLE + "</style>\n");
        svg.append("<text class=\"t\" x=\"10\" y=\"20\">" + escaped(title) + "</text>\n");
        for (int i = 0; i < bars.size(); i++) {
            bar(svg, bars.get(i), TOP + i * STEP);
        }
        if (hasRatios) {
            String x = number(x(1));
            svg.append("<line class=\"l\" x1=\"" + x + "\" x2=\"" + x + "\" y1=\"" + (TOP - 8) + "\" y2=\""
                    + (height - 8) + "\"/>\n");
        }
        return svg.append("</svg>\n").toString();
    }

    private void bar(StringBuilder svg, Bar bar, int y) {
        Spread spread = bar.spread();
        double middle = y + BAR / 2.0;
        double base = hasRatios ? x(1) : LEFT;
        double tip = x(spread.median());
        svg.append("<text x=\"" + (LEFT - 8) + "\" y=\"" + (y + BAR - 2) + "\" text-anchor=\"end\">"
                + escaped(bar.label()) + "</text>\n");
        svg.append("<rect class=\"b\" x=\"" + number(Math.min(base, tip)) + "\" y=\"" + y + "\" width=\""
                + number(Math.abs(tip - base)) + "\" height=\"" + BAR + "\"/>\n");
        svg.append("<line class=\"s\" x1=\"" + number(x(spread.least())) + "\" x2=\"" + number(x(spread.most()))
                + "\" y1=\"" + middle + "\" y2=\"" + middle + "\"/>\n");
        svg.append("<text x=\"" + number(Math.max(base, x(spread.most())) + 8) + "\" y=\"" + (y + BAR - 2) + "\">"
                + Spread.number(spread.median()) + "</text>\n");
    }

    private double x(double value) {
        double part = hasRatios ? Math.log(value / least) / Math.log(most / least) : value / most;
        return LEFT + part * (WIDTH - LEFT - RIGHT);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
