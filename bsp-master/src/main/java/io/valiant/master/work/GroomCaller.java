package io.valiant.master.work;

import io.valiant.config.HostPort;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.protocol.GroomProtocol;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pushes directives to grooms' worker servers. Never waits; any thread. */
public final class GroomCaller {
    private static final Logger LOG = LoggerFactory.getLogger(GroomCaller.class);

    private final Function<HostPort, GroomProtocol> grooms;
    private final Consumer<MasterEvent> results;

    /**
     * @param grooms the worker server at an address
     * @param results takes the events that answer pushes; never blocks
     */
    public GroomCaller(Function<HostPort, GroomProtocol> grooms, Consumer<MasterEvent> results) {
        this.grooms = grooms;
        this.results = results;
    }

    /** Answered by Pushed, without a reply if the call fails: heartbeats repeat what it held. */
    public void push(MasterEffect.Push push) {
        try {
            var unused = grooms.apply(new HostPort(push.host(), push.port()))
                    .direct(push.batch())
                    .whenComplete((reply, failure) -> {
                        if (failure != null) {
                            failed(push, failure);
                        } else {
                            results.accept(new MasterEvent.Pushed(
                                    push.groom(), push.batch().incarnation(), reply));
                        }
                    });
        } catch (RuntimeException e) {
            failed(push, e);
        }
    }

    private void failed(MasterEffect.Push push, Throwable why) {
        LOG.info("[{}] was not reached at {}:{}: {}", push.groom(), push.host(), push.port(), why.getMessage());
        results.accept(new MasterEvent.Pushed(push.groom(), push.batch().incarnation(), null));
    }
}
