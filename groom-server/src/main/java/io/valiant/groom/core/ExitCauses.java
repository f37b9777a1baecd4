package io.valiant.groom.core;

import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.protocol.Exit;

/** What the way a child ended says about why, where neither the child nor the groom knows better. */
final class ExitCauses {
    private ExitCauses() {}

    static Cause of(Exit exit, boolean outOfMemory, boolean attached) {
        if (outOfMemory) {
            return Cause.of(CauseType.OUT_OF_MEMORY, "the child was out of memory (" + exit + ")");
        }
        if (exit.signal() != null) {
            return Cause.of(CauseType.SIGNAL, "the child was ended by " + exit.signal());
        }
        if (exit.code() == null) {
            return Cause.of(CauseType.EXIT, "the child is gone, its exit code is not known");
        }
        return switch (exit.code()) {
            case Exit.ORPHAN_CODE -> Cause.of(CauseType.GROOM_LOST, "the child left because its groom was silent");
            case Exit.FENCED_CODE ->
                Cause.of(CauseType.PEER_FAILED, "the child left because its attempt or generation was refused");
            case 0 -> Cause.of(CauseType.EXIT, "the child exited with code 0 before its task had finished");
            default ->
                Cause.of(
                        CauseType.EXIT,
                        "the child exited with code " + exit.code()
                                + (attached ? "" : " before it was up, its stderr tells why (bsp job logs)"));
        };
    }
}
