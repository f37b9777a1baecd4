package io.valiant.master.web;

import io.valiant.bsp.GroomState;
import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.id.AttemptId;
import io.valiant.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** How pages write facts. */
public final class Show {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
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

    /** A time of the day in UTC to the second. */
    public String clock(Instant time) {
        return time == null ? "–" : CLOCK.format(time);
    }

    /** A whole number with its thousands apart, or a dash where it is absent. */
    public String count(Number value) {
        return value == null ? "–" : String.format(Locale.ROOT, "%,d", value.longValue());
    }

    /** The number of a superstep, or a dash where it is absent. */
    public String superstep(Long value) {
        return value != null && value < 0 ? SuperstepStatus.label(value) : count(value);
    }

    /** A time in milliseconds. */
    public String millis(long ms) {
        return ms < 1000 ? ms + " ms" : duration(Duration.ofMillis(ms));
    }

    /** {@code GROOM_LOST} as "Groom lost". */
    public String words(String constant) {
        String small = constant.replace('_', ' ').toLowerCase(Locale.ROOT);
        return small.isEmpty() ? small : Character.toUpperCase(small.charAt(0)) + small.substring(1);
    }

    /** The mean load of the processors of all grooms that are not lost, 0 to 1; null where none is known. */
    public Double load(List<GroomStatus> grooms) {
        double busy = 0;
        int processors = 0;
        for (GroomStatus groom : grooms) {
            if (groom.state() != GroomState.LOST
                    && groom.cpu() != null
                    && groom.cpu().load() != null) {
                busy += groom.cpu().load() * groom.cpu().processors();
                processors += groom.cpu().processors();
            }
        }
        return processors == 0 ? null : busy / processors;
    }

    /** A share for a bar. */
    public String meter(Double share) {
        return share == null ? "0" : String.format(Locale.ROOT, "%.2f", share);
    }

    /** The job of an attempt's id, or null where the text is none. */
    public String jobOf(String attempt) {
        try {
            return attempt == null ? null : AttemptId.parse(attempt).job().value();
        } catch (IllegalArgumentException e) {
            // a text that is no attempt's id has no page: it is shown as it is
            return null;
        }
    }
}
