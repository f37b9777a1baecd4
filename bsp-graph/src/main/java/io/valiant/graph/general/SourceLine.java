package io.valiant.graph.general;

import io.valiant.bsp.BspException;
import io.valiant.graph.InputLine;
import io.valiant.io.BadRecordException;
import io.valiant.io.LineReader;
import java.nio.charset.StandardCharsets;

/** The line that a reader of lines has now. */
final class SourceLine implements InputLine {
    private String input;
    private LineReader lines;

    /** Goes on with another split. */
    void move(String inputName, LineReader from) {
        input = inputName;
        lines = from;
    }

    @Override
    public String input() {
        return input;
    }

    @Override
    public String text() {
        return new String(lines.buffer(), lines.start(), lines.end() - lines.start(), StandardCharsets.UTF_8);
    }

    @Override
    public byte[] bytes() {
        return lines.buffer();
    }

    @Override
    public int start() {
        return lines.start();
    }

    @Override
    public int end() {
        return lines.end();
    }

    @Override
    public BspException bad(String problem) throws BspException {
        return BadRecordException.at(lines, problem);
    }
}
