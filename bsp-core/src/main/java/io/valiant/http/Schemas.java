package io.valiant.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Schemas of the types that answers are made of: records, lists, maps by name, enums, times, numbers, texts. Written from
 * the types themselves, so that they say what is sent. Records are named once and referred to.
 */
final class Schemas {
    private static final PropertyNamingStrategies.SnakeCaseStrategy NAMES =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    private final SortedMap<String, Object> named = new TreeMap<>();

    /** What is written is what others send. */
    private boolean asked;

    /** Those that are referred to. */
    SortedMap<String, Object> named() {
        return Collections.unmodifiableSortedMap(named);
    }

    /** The schema of the document of a request: everything may be left out, as far as the schema tells. */
    Map<String, Object> ofRequest(Class<?> type) {
        asked = true;
        try {
            return of(type);
        } finally {
            asked = false;
        }
    }

    /** The schema of that type as an answer: every fact is there, if only as null. */
    Map<String, Object> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return OpenApi.map("type", "string");
        } else if (plain == Instant.class) {
            return OpenApi.map("type", "string", "format", "date-time");
        } else if (plain == int.class || plain == Integer.class) {
            return OpenApi.map("type", "integer", "format", "int32");
        } else if (plain == long.class || plain == Long.class) {
            return OpenApi.map("type", "integer", "format", "int64");
        } else if (plain == double.class || plain == Double.class) {
            return OpenApi.map("type", "number", "format", "double");
        } else if (plain == boolean.class || plain == Boolean.class) {
            return OpenApi.map("type", "boolean");
        } else if (plain.isEnum()) {
            List<String> constants = new ArrayList<>();
            for (Object constant : plain.getEnumConstants()) {
                constants.add(((Enum<?>) constant).name());
            }
            return OpenApi.map("type", "string", "enum", constants);
        } else if (plain.isRecord()) {
            return ofRecord(plain);
        }
        throw new IllegalArgumentException("no schema for " + type);
    }

    private Map<String, Object> ofGeneric(ParameterizedType type) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (List.class.isAssignableFrom(raw)) {
            return OpenApi.map("type", "array", "items", of(arguments[0]));
        }
        if (Map.class.isAssignableFrom(raw) && arguments[0] == String.class) {
            return OpenApi.map("type", "object", "additionalProperties", of(arguments[1]));
        }
        throw new IllegalArgumentException("no schema for " + type);
    }

    private Map<String, Object> ofRecord(Class<?> type) {
        String name = nameOf(type);
        if (!named.containsKey(name)) {
            named.put(name, OpenApi.map());
            Map<String, Object> properties = new LinkedHashMap<>();
            List<String> present = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                String property = NAMES.translate(component.getName());
                present.add(property);
                Map<String, Object> schema = of(component.getGenericType());
                properties.put(property, component.getType().isPrimitive() ? schema : nullable(schema));
            }
            Map<String, Object> schema = OpenApi.map("type", "object", "properties", properties);
            if (!asked) {
                schema.put("required", present);
            }
            named.put(name, schema);
        }
        return OpenApi.map("$ref", "#/components/schemas/" + name);
    }

    /** Absent facts are null. Beside a reference nothing else counts, so it is wrapped. */
    private static Map<String, Object> nullable(Map<String, Object> schema) {
        Map<String, Object> nullable =
                schema.containsKey("$ref") ? OpenApi.map("allOf", List.of(schema)) : new LinkedHashMap<>(schema);
        nullable.put("nullable", true);
        return nullable;
    }

    /** With the names of the types around it: {@code JobStatusTask}. */
    private static String nameOf(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer != null && outer.isRecord() ? nameOf(outer) + type.getSimpleName() : type.getSimpleName();
    }
}
