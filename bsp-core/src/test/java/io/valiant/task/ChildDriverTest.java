package io.valiant.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspException;
import io.valiant.concurrent.Core;
import io.valiant.concurrent.Output;
import io.valiant.time.SystemClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ChildDriverTest {
    /** Has to stop until a program of it has been abandoned. */
    private static final class Stopping implements Core<ChildEvent, Void, ChildEffect> {
        private boolean stops = true;

        @Override
        public void handle(ChildEvent event, long nowNs, Output<Void, ChildEffect> out) {
            if (event instanceof ChildEvent.Abandoned) {
                out.effect(new ChildEffect.WantCheckpoint());
                stops = false;
                out.effect(new ChildEffect.ConnectGroom());
            }
        }

        @Override
        public void tick(long nowNs, Output<Void, ChildEffect> out) {}

        @Override
        public long nextDeadlineNs() {
            return NO_DEADLINE;
        }
    }

    @Test
    void whatAnEffectStartsFindsWhatItsEventHasChanged() {
        Stopping core = new Stopping();
        AtomicReference<ChildDriver> driver = new AtomicReference<>();
        List<String> passed = new ArrayList<>();
        Consumer<ChildEffect> effects = effect -> {
            try {
                passed.add(effect + " " + driver.get().poll(SystemClock.INSTANCE.nanoTime()));
            } catch (BspException e) {
                passed.add(effect + " " + e.getMessage());
            }
        };
        driver.set(new ChildDriver(core, () -> true, () -> core.stops, SystemClock.INSTANCE, effects, () -> null));
        driver.get().post(new ChildEvent.GroomDisconnected("gone"));
        driver.get().post(new ChildEvent.Abandoned(1));
        assertThat(passed).containsExactly("WantCheckpoint[] true", "ConnectGroom[] true");
    }
}
