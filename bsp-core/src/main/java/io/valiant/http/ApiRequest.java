package io.valiant.http;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was asked: variables of the path, parameters, the document and the files that came with it. */
public final class ApiRequest {
    private final Map<String, String> variables;
    private final SortedMap<String, String> parameters;
    private final byte[] document;
    private final List<UploadedFile> files;

    ApiRequest(
            Map<String, String> variables,
            SortedMap<String, String> parameters,
            byte[] document,
            List<UploadedFile> files) {
        this.variables = new TreeMap<>(variables);
        this.parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        this.document = document.clone();
        this.files = List.copyOf(files);
    }

    /** A variable of the path, decoded. */
    public String variable(String name) {
        return variables.get(name);
    }

    /** A parameter, or null where it was not given. */
    public String parameter(String name) {
        return parameters.get(name);
    }

    /** A parameter that is a whole number in that range. */
    public long number(String name, long otherwise, long least, long most) throws HttpError {
        String text = parameters.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new HttpError(400, "BadRequest", outOfRange(name, text, least, most), e);
        }
        throw HttpError.badRequest(outOfRange(name, text, least, most));
    }

    private static String outOfRange(String name, String text, long least, long most) {
        return name + "=" + text + " is not a whole number from " + least
                + (most == Long.MAX_VALUE ? " on" : " to " + most);
    }

    /** A parameter that is true or false; false where it was not given, true where it was given without a value. */
    public boolean flag(String name) throws HttpError {
        String text = parameters.get(name);
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.isEmpty() || text.equals("true")) {
            return true;
        }
        throw HttpError.badRequest(name + "=" + text + " is neither true nor false");
    }

    /** The document; empty where there is none. */
    public byte[] document() {
        return document.clone();
    }

    /** The files, in the order of their parts. They are gone after the answer. */
    public List<UploadedFile> files() {
        return files;
    }
}
