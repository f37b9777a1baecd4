package io.valiant.groom.rpc;

import io.valiant.groom.core.GroomEffect;
import io.valiant.groom.core.GroomEvent;
import io.valiant.protocol.MasterProtocol;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the core's calls to the master and brings exactly one answer to each: null where a call failed or had none in
 * its time. Nothing waits. Safe in any thread.
 */
public final class MasterCaller {
    private static final Logger LOG = LoggerFactory.getLogger(MasterCaller.class);

    private final MasterProtocol master;
    private final Consumer<GroomEvent> core;

    /**
     * @param master whose calls end in bounded time, well under the self-fence: a lost answer must not make the groom hold
     * @param core takes events, without blocking
     */
    public MasterCaller(MasterProtocol master, Consumer<GroomEvent> core) {
        this.master = master;
        this.core = core;
    }

    /** Calls what one of the effects Register, Beat and Report asks for; returns whether it was one. */
    public boolean call(GroomEffect effect) {
        if (effect instanceof GroomEffect.Register register) {
            ask("register", master.register(register.registration()), GroomEvent.RegistrationAnswered::new);
        } else if (effect instanceof GroomEffect.Beat beat) {
            long number = beat.heartbeat().number();
            ask(
                    "heartbeat " + number,
                    master.heartbeat(beat.heartbeat()),
                    reply -> new GroomEvent.HeartbeatAnswered(number, reply));
        } else if (effect instanceof GroomEffect.Report report) {
            ask(
                    "report " + report.number(),
                    master.report(report.message()),
                    reply -> new GroomEvent.ReportAnswered(report.number(), reply));
        } else {
            return false;
        }
        return true;
    }

    private <T> void ask(String what, CompletableFuture<T> answer, Function<T, GroomEvent> event) {
        CompletableFuture<?> unused = answer.whenComplete((reply, failure) -> {
            if (failure != null) {
                LOG.debug("{} was not answered: {}", what, failure.toString());
            }
            core.accept(event.apply(failure == null ? reply : null));
        });
    }
}
