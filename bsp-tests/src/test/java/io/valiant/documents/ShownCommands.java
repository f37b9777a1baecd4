package io.valiant.documents;

import io.valiant.cli.CommandModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of Valiant that a page shows, in blocks and within its lines, checked without running them. */
final class ShownCommands {
    private static final Pattern MAIN = Pattern.compile("\\bio\\.valiant(?:\\.\\w+)+\\.[A-Z]\\w+");

    private final Document page;
    private final List<String> problems = new ArrayList<>();
    private int count;

    private ShownCommands(Document page) {
        this.page = page;
    }

    /** Checks all commands of a page. */
    static ShownCommands of(Document page) throws IOException {
        ShownCommands commands = new ShownCommands(page);
        for (Block block : page.blocks()) {
            if (block.is(Block.SHELL) || block.is(Block.INDENTED)) {
                commands.block(block);
            }
        }
        for (String span : page.spans()) {
            commands.span(span);
        }
        return commands;
    }

    /** What is wrong, with its place. */
    List<String> problems() {
        return problems;
    }

    /** How many commands there are. */
    int count() {
        return count;
    }

    private void block(Block block) throws IOException {
        List<List<String>> all;
        try {
            all = CommandWords.of(block.text());
        } catch (IllegalArgumentException e) {
            if (block.is(Block.SHELL)) {
                problems.add(page.place(block) + ": " + e.getMessage());
            }
            return;
        }
        for (List<String> words : all) {
            check(page.place(block), words, true);
        }
    }

    /** A command in running text may leave out what is required, and the {@code bin/bsp} in front of noun and verb. */
    private void span(String span) throws IOException {
        String text = span.replace("…", "").strip();
        if (text.indexOf('\'') >= 0 && text.chars().filter(c -> c == '\'').count() % 2 != 0) {
            return;
        }
        String[] first = text.split("\\s+", 3);
        boolean isShort = first.length > 1 && CommandModel.knows(first[0], first[1]);
        if (!isShort && !text.startsWith("bin/") && !text.startsWith("bsp ")) {
            return;
        }
        for (List<String> words : CommandWords.of(isShort ? "bsp " + text : text)) {
            check(page.name() + " `" + span + "`", words, false);
        }
    }

    private void check(String place, List<String> typed, boolean isWhole) throws IOException {
        List<String> words = new ArrayList<>(typed);
        while (!words.isEmpty() && words.get(0).matches("[A-Z_]+=.*")) {
            words.remove(0);
        }
        if (words.isEmpty()) {
            return;
        }
        String program = words.get(0);
        List<String> arguments = new ArrayList<>();
        for (String word : words.subList(1, words.size())) {
            // dots stand for what is left out, a capital alone for a number or a name
            if (!word.equals("...") && !word.equals("…")) {
                arguments.add(word.matches("[A-Z]") ? "1" : word);
            }
        }
        String problem;
        if (program.equals("bin/bsp") || program.equals("bsp")) {
            problem = CommandModel.problem(arguments, isWhole);
        } else if (program.matches("bin/[\\w.-]+")) {
            problem = script(program, arguments);
        } else {
            return;
        }
        count++;
        if (problem != null) {
            problems.add(place + ": " + String.join(" ", words) + ": " + problem);
        }
    }

    /** A script knows the options that it names, or that the options of its main class are. */
    private static String script(String program, List<String> arguments) throws IOException {
        Path file = Document.HOME.resolve(program);
        if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
            return "there is no such program";
        }
        String known = known(file);
        for (String argument : arguments) {
            String option = argument.replaceFirst("=.*", "");
            if (option.startsWith("--")
                    && !Pattern.compile(Pattern.quote(option) + "\\b")
                            .matcher(known)
                            .find()) {
                return program + " has no option " + option;
            }
        }
        return null;
    }

    private static String known(Path script) throws IOException {
        StringBuilder known = new StringBuilder(Files.readString(script));
        if (known.indexOf("bsp-daemon.sh") >= 0) {
            known.append(Files.readString(script.resolveSibling("bsp-daemon.sh")));
        }
        for (Matcher main = MAIN.matcher(known.toString()); main.find(); ) {
            known.append(sources(main.group()));
        }
        return known.toString();
    }

    /** The sources of a class and of those beside it whose names end as those of options do. */
    private static String sources(String type) throws IOException {
        String path = "src/main/java/" + type.replace('.', '/') + ".java";
        StringBuilder all = new StringBuilder();
        for (String module : List.of("bsp-core", "bsp-examples", "bsp-tests")) {
            Path source = Document.HOME.resolve(module).resolve(path);
            if (!Files.exists(source)) {
                continue;
            }
            all.append(Files.readString(source));
            try (var beside = Files.list(source.getParent())) {
                for (Path other : beside.filter(each -> each.toString().endsWith("Options.java"))
                        .sorted()
                        .toList()) {
                    all.append(Files.readString(other));
                }
            }
        }
        return all.toString();
    }
}
