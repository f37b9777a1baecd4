package io.valiant.master.groom;

import io.valiant.protocol.RegistrationReply;

/**
 * What became of a registration.
 *
 * @param reply for the groom
 * @param endedIncarnation that is over by it, or 0
 * @param newcomer whether the groom was not enrolled in this epoch before: its table has to be compared with the books
 */
public record Enrolment(RegistrationReply reply, long endedIncarnation, boolean newcomer) {
    static Enrolment refused(String reason) {
        return new Enrolment(new RegistrationReply.Refused(reason), 0, false);
    }

    static Enrolment fenced(long epoch, String reason) {
        return new Enrolment(new RegistrationReply.Fenced(epoch, reason), 0, false);
    }
}
