package io.valiant.master.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;

/** Rows as JSON: one object by the names of the record's components, ids and times as text. Safe in any thread. */
final class RowCodec {
    private final ObjectMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(asText(Instant.class, Instant::parse))
            .addModule(asText(JobId.class, JobId::new))
            .addModule(asText(GroomId.class, GroomId::new))
            .addModule(asText(AttemptId.class, AttemptId::parse))
            .build();

    String write(MasterRecord row) {
        try {
            return mapper.writeValueAsString(row);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write the row " + row, e);
        }
    }

    /** @throws IOException the body is not of that type */
    <T extends MasterRecord> T read(String body, Class<T> type) throws IOException {
        return mapper.readValue(body, type);
    }

    private static <T> SimpleModule asText(Class<T> type, Function<String, T> parse) {
        SimpleModule module = new SimpleModule(type.getName());
        module.addSerializer(type, new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeString(value.toString());
            }
        });
        module.addDeserializer(type, new TextDeserializer<>(type, parse));
        return module;
    }

    private static final class TextDeserializer<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1L;

        private final transient Function<String, T> parse;

        TextDeserializer(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return parse.apply(in.getText());
        }
    }
}
