package io.valiant.chaos.cluster;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cluster for a scenario is like. Runs in a row that want equal ones share one.
 *
 * @param grooms how many
 * @param slots of each
 * @param keys {@code bsp.*} keys
 * @param shared whether another run may have it before or after
 */
public record ClusterShape(int grooms, int slots, SortedMap<String, String> keys, boolean shared) {
    /** Warm spares of each groom. */
    static final int SPARES = 1;

    private static final String BLACKLIST = "bsp.groom.blacklist.failures";
    private static final Pattern TIME = Pattern.compile("(\\d+)(ms|s)");

    public ClusterShape {
        keys = new TreeMap<>(keys);
    }

    /** Three grooms of four slots with times far shorter than by default; failures of earlier runs blacklist none. */
    public static ClusterShape quick() {
        SortedMap<String, String> keys = new TreeMap<>();
        keys.put("bsp.groom.heartbeat.interval", "200ms");
        keys.put("bsp.groom.expiry", "2s");
        keys.put("bsp.groom.self.fence", "1500ms");
        keys.put("bsp.task.orphan.timeout", "1500ms");
        keys.put("bsp.task.ping.interval", "200ms");
        keys.put("bsp.task.ping.timeout", "1s");
        keys.put("bsp.task.memory", "128m");
        keys.put("bsp.checkpoint.interval", "5");
        keys.put(BLACKLIST, "1000");
        keys.put("bsp.groom.spare.children", String.valueOf(SPARES));
        return new ClusterShape(3, 4, keys, true);
    }

    /** The same for one run, with grooms that three failures of several jobs blacklist. */
    public ClusterShape strict() {
        return with(BLACKLIST, "3").alone();
    }

    /** The same with a key set. */
    public ClusterShape with(String key, String value) {
        SortedMap<String, String> more = new TreeMap<>(keys);
        more.put(key, value);
        return new ClusterShape(grooms, slots, more, shared);
    }

    /** The same with so many grooms and slots. */
    public ClusterShape of(int wantedGrooms, int wantedSlots) {
        return new ClusterShape(wantedGrooms, wantedSlots, keys, shared);
    }

    /** The same with every time-out so many times as long. */
    public ClusterShape slower(int times) {
        SortedMap<String, String> longer = new TreeMap<>();
        keys.forEach((key, value) -> {
            Matcher time = TIME.matcher(value);
            longer.put(key, time.matches() ? Long.parseLong(time.group(1)) * times + time.group(2) : value);
        });
        return new ClusterShape(grooms, slots, longer, shared);
    }

    /** The same for one run only: it leaves the cluster in a state that no other run should meet. */
    public ClusterShape alone() {
        return new ClusterShape(grooms, slots, keys, false);
    }
}
