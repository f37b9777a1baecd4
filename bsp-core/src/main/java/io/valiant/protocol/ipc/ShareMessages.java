package io.valiant.protocol.ipc;

import io.valiant.protocol.SuperstepShare;
import io.valiant.protocol.SuperstepTotals;
import io.valiant.protocol.proto.Grooms;

/** Translates what tasks tell of their supersteps. */
final class ShareMessages {
    private ShareMessages() {}

    static Grooms.Report.Share write(SuperstepShare share) {
        return Grooms.Report.Share.newBuilder()
                .setSuperstep(share.superstep())
                .setStartedAtMicros(share.startedAtMicros())
                .setComputeNs(share.computeNs())
                .setBarrierNs(share.barrierNs())
                .setMessages(share.messages())
                .setBytes(share.bytes())
                .setCombined(share.combined())
                .setSpilledBytes(share.spilledBytes())
                .setActiveVertices(share.activeVertices())
                .setSuperstepsSoFar(share.soFar().supersteps())
                .setMessagesSoFar(share.soFar().messages())
                .setBytesSoFar(share.soFar().bytes())
                .setSpilledBytesSoFar(share.soFar().spilledBytes())
                .setIsLast(share.isLast())
                .build();
    }

    static SuperstepShare read(Grooms.Report.Share from) {
        return new SuperstepShare(
                from.getSuperstep(),
                from.getStartedAtMicros(),
                from.getComputeNs(),
                from.getBarrierNs(),
                from.getMessages(),
                from.getBytes(),
                from.getCombined(),
                from.getSpilledBytes(),
                from.getActiveVertices(),
                new SuperstepTotals(
                        from.getSuperstepsSoFar(),
                        from.getMessagesSoFar(),
                        from.getBytesSoFar(),
                        from.getSpilledBytesSoFar()),
                from.getIsLast());
    }
}
