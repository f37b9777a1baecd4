package io.valiant.documents;

import java.util.ArrayList;
import java.util.List;

/** Takes lines of shell apart into simple commands and these into words, as far as documentation goes. */
final class CommandWords {
    private static final String OPERATORS = "\n|;&()<>";

    private final String text;
    private final List<List<String>> commands = new ArrayList<>();
    private List<String> command = new ArrayList<>();
    private StringBuilder word;

    private CommandWords(String text) {
        this.text = text;
    }

    /** The commands, each as its words without quotes; variables stay as they are. */
    static List<List<String>> of(String text) {
        CommandWords words = new CommandWords(text.replace("\\\n", " ") + "\n");
        words.scan();
        return words.commands;
    }

    private void scan() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"') {
                int end = text.indexOf(c, i + 1);
                if (end < 0) {
                    throw new IllegalArgumentException("a quote is not closed: " + text.strip());
                }
                append(text.substring(i + 1, end));
                i = end;
            } else if (c == '#' && word == null) {
                i = text.indexOf('\n', i) - 1;
            } else if (c == '\\') {
                append(text.substring(i + 1, i + 2));
                i++;
            } else if (OPERATORS.indexOf(c) >= 0) {
                endWord();
                endCommand();
            } else if (Character.isWhitespace(c)) {
                endWord();
            } else {
                append(String.valueOf(c));
            }
        }
    }

    private void append(String part) {
        word = word == null ? new StringBuilder() : word;
        word.append(part);
    }

    private void endWord() {
        if (word != null) {
            command.add(word.toString());
            word = null;
        }
    }

    private void endCommand() {
        if (!command.isEmpty()) {
            commands.add(command);
            command = new ArrayList<>();
        }
    }
}
