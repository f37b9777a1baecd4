package io.valiant.protocol;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The one JSON of commands, HTTP and the wire: records in snake_case, times ISO-8601 in UTC, absent facts null, facts that
 * a reader does not know passed over.
 */
public final class StatusJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, new InstantWriter())
                    .addDeserializer(Instant.class, new InstantReader()))
            .build();

    /** What is not wanted is left out: a null within a map or list would be read as a value by whoever gets it. */
    private static final ObjectReader STRICT = MAPPER.copy()
            .setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .reader()
            .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private static final int MOST_SHOWN = 1000;

    /** How the parser tells where something begins. */
    private static final Pattern PLACE = Pattern.compile("\\[Source: [^]]*?line: (\\d+), column: (\\d+)[^]]*]");

    private StatusJson() {}

    /** One document in UTF-8, in one line. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON for " + value.getClass().getName(), e);
        }
    }

    /** One document in one line. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON for " + value.getClass().getName(), e);
        }
    }

    /** Reads a document; throws IllegalArgumentException if it is not one of that type. */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new IllegalArgumentException("not the JSON of a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads what a person or a foreign program wrote; throws IllegalArgumentException, in one line, if it is not a document of
     * that type, has a fact that is not known, or a null within a map or list.
     */
    public static <T> T readStrictly(byte[] json, Class<T> type) {
        try {
            T value = STRICT.forType(type).readValue(json);
            if (value == null) {
                throw new IllegalArgumentException("null is not a document");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            List<Object> known = new ArrayList<>(e.getKnownPropertyIds());
            throw told("\"" + e.getPropertyName() + "\" is not known; there are " + known, e);
        } catch (InvalidNullException e) {
            throw told(where(e) + "null is no value there; leave it out", e);
        } catch (JsonMappingException e) {
            throw told(where(e) + sentence(e.getOriginalMessage()), e);
        } catch (JsonProcessingException e) {
            throw told("not JSON: " + sentence(e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + sentence(String.valueOf(e.getMessage())), e);
        }
    }

    private static IllegalArgumentException told(String what, JsonProcessingException failure) {
        JsonLocation at = failure.getLocation();
        String place = at == null || at.getLineNr() < 1 ? "" : " (" + place(at.getLineNr(), at.getColumnNr()) + ")";
        return new IllegalArgumentException(shown(what) + place, failure);
    }

    /** Names in a document may be of any length and have any characters. */
    private static String shown(String text) {
        String cut = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    private static String place(Object line, Object column) {
        return "line " + line + ", column " + column;
    }

    /** {@code "settings"."k": }, as far as it is known. */
    private static String where(JsonMappingException failure) {
        String path = failure.getPath().stream()
                .map(step ->
                        step.getFieldName() == null ? "[" + step.getIndex() + "]" : "\"" + step.getFieldName() + "\"")
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "" : path + ": ";
    }

    /** What the parser says, without what is meant for those who wrote it. */
    private static String sentence(String text) {
        String line = text.lines().findFirst().orElse("").replaceAll("`[a-z.]*\\.([A-Za-z]+)`", "$1");
        return PLACE.matcher(line).replaceAll(place("$1", "$2"));
    }

    /** A value's facts by name, to be added to. */
    public static Map<String, Object> fields(Object value) {
        return MAPPER.convertValue(value, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    private static final class InstantWriter extends StdScalarSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toString());
        }
    }

    private static final class InstantReader extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
            try {
                return Instant.parse(in.getText());
            } catch (DateTimeParseException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, in.getText(), "not a time");
            }
        }
    }
}
