package io.valiant.master.web;

import io.valiant.bsp.JobStatus;
import io.valiant.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How pages write facts. */
public final class Show {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final int KIBI = 1024;

    private final Instant now;

    Show(Clock clock) {
        this.now = clock.wallTime();
    }

    /** A time in UTC to the second. */
    public String time(Instant time) {
        return time == null ? "–" : TIME.format(time);
    }

    /** How long a job has been running, or ran. */
    public String ran(JobStatus job) {
        if (job.startedAt() == null) {
            return "–";
        }
        return duration(Duration.between(job.startedAt(), job.finishedAt() == null ? now : job.finishedAt()));
    }

    /** How long ago. */
    public String ago(Instant time) {
        return time == null ? "never" : duration(Duration.between(time, now)) + " ago";
    }

    static String duration(Duration time) {
        long ms = Math.max(0, time.toMillis());
        if (ms < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
        }
        long s = ms / 1000;
        return s < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", s / 60, s % 60)
                : String.format(Locale.ROOT, "%d h %02d min", s / 3600, s % 3600 / 60);
    }

    /** A number of bytes in the largest unit that keeps it over 1. */
    public String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= KIBI && unit < UNITS.length - 1) {
            value /= KIBI;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    /** A share as per cent. */
    public String percent(Double share) {
        return share == null ? "–" : String.format(Locale.ROOT, "%.0f %%", share * 100);
    }

    /** A fact, or a dash where it is absent. */
    public String fact(Object value) {
        return value == null ? "–" : value.toString();
    }
}
