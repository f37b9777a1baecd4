package io.valiant.protocol.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobStatus;
import io.valiant.protocol.ClusterStatus;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.GroomRegistration;
import io.valiant.protocol.GroomReportMessage;
import io.valiant.protocol.Heartbeat;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.JobPage;
import io.valiant.protocol.JobQuery;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.ReportReply;
import io.valiant.protocol.StatusJson;
import io.valiant.protocol.Submission;
import io.valiant.protocol.proto.Clients;
import io.valiant.protocol.proto.Grooms;
import io.valiant.protocol.proto.Jobs;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.Message;
import org.apache.hadoop.thirdparty.protobuf.Parser;
import org.junit.jupiter.api.Test;

/** What was written is what is read, in every field of every message, from many seeds. */
class MessagesPropertyTest {
    private static final int SEEDS = 300;

    private static <R, M extends Message> void roundTrip(
            Class<R> type, Function<R, M> write, Parser<M> parser, Function<M, R> read) {
        for (long seed = 0; seed < SEEDS; seed++) {
            R value = new RandomRecords(seed).make(type);
            try {
                assertThat(read.apply(parser.parseFrom(write.apply(value).toByteString())))
                        .as("seed %d", seed)
                        .isEqualTo(value);
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static <T> void jsonRoundTrip(Class<T> type) {
        for (long seed = 0; seed < SEEDS; seed++) {
            T value = new RandomRecords(seed).make(type);
            assertThat(StatusJson.read(StatusJson.bytes(value), type))
                    .as("seed %d", seed)
                    .isEqualTo(value);
        }
    }

    @Test
    void whatClientsSayIsRead() {
        roundTrip(JobSpec.class, JobMessages::write, Jobs.JobSpec.parser(), JobMessages::read);
        roundTrip(Submission.class, ClientMessages::write, Clients.Submission.parser(), ClientMessages::read);
        roundTrip(JobQuery.class, ClientMessages::write, Clients.JobQuery.parser(), ClientMessages::read);
        roundTrip(JobPage.class, ClientMessages::write, Clients.JobPage.parser(), ClientMessages::read);
    }

    @Test
    void whatGroomsSayIsRead() {
        roundTrip(GroomRegistration.class, GroomMessages::write, Grooms.Registration.parser(), GroomMessages::read);
        roundTrip(Heartbeat.class, GroomMessages::write, Grooms.Heartbeat.parser(), GroomMessages::read);
        roundTrip(GroomReportMessage.class, GroomMessages::write, Grooms.ReportMessage.parser(), GroomMessages::read);
        roundTrip(DirectiveReply.class, MasterMessages::write, Grooms.DirectiveReply.parser(), MasterMessages::read);
    }

    @Test
    void whatMastersSayIsRead() {
        roundTrip(
                RegistrationReply.class,
                MasterMessages::write,
                Grooms.RegistrationReply.parser(),
                MasterMessages::read);
        roundTrip(HeartbeatReply.class, MasterMessages::write, Grooms.HeartbeatReply.parser(), MasterMessages::read);
        roundTrip(ReportReply.class, MasterMessages::write, Grooms.ReportReply.parser(), MasterMessages::read);
        roundTrip(DirectiveBatch.class, MasterMessages::write, Grooms.DirectiveBatch.parser(), MasterMessages::read);
    }

    @Test
    void statusesAreReadFromTheirJson() {
        jsonRoundTrip(JobStatus.class);
        jsonRoundTrip(GroomStatus.class);
        jsonRoundTrip(ClusterStatus.class);
    }

    @Test
    void jsonIsInSnakeCaseWithNullsAndPassesOverWhatIsNew() {
        byte[] json = ("{\"cluster_id\":\"c1\",\"started_at\":\"2026-01-02T03:04:05Z\",\"slots_used\":4,"
                        + "\"grooms\":{},\"jobs\":{\"RUNNING\":2},\"new_fact\":[1]}")
                .getBytes(StandardCharsets.UTF_8);
        ClusterStatus read = StatusJson.read(json, ClusterStatus.class);
        assertThat(StatusJson.text(read))
                .isEqualTo("{\"cluster_id\":\"c1\",\"master\":null,\"http\":null,\"epoch\":0,\"version\":null,"
                        + "\"started_at\":\"2026-01-02T03:04:05Z\",\"system_dir\":null,\"grooms\":{},\"slots\":0,"
                        + "\"slots_used\":4,\"jobs\":{\"RUNNING\":2}}");
    }

    @Test
    void whatIsNotKnownHereIsRefusedNotGuessed() {
        assertThatThrownBy(() -> MasterMessages.read(Grooms.HeartbeatReply.getDefaultInstance()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MasterMessages.read(Grooms.DirectiveBatch.newBuilder()
                        .addDirectives(Grooms.Directive.getDefaultInstance())
                        .build()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClientMessages.read(Clients.JobQuery.newBuilder()
                        .setLimit(1)
                        .setState("NEW")
                        .build()))
                .hasMessage("'NEW' is no JobState known here");
    }
}
