package io.valiant.groom.launch;

import io.valiant.protocol.ChildHandover;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** A child JVM that does what the variable DO of its environment says; a spare, which has none, what its token says. */
@SuppressWarnings("ClosingStandardOutputStreams") // the process ends with it
public final class TinyChild {
    private TinyChild() {}

    public static void main(String[] args) throws Exception {
        System.err.println("arguments " + Arrays.toString(args));
        ChildHandover handover = ChildHandover.readFrom(System.in);
        if (handover == null) {
            return;
        }
        Path mark = Path.of(handover.markFile());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Files.createFile(mark);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }));
        System.out.println(
                "token " + handover.token() + " pid " + ProcessHandle.current().pid());
        System.err.println("in " + Path.of("").toAbsolutePath());
        String order = System.getenv("DO") == null ? handover.token() : System.getenv("DO");
        String[] orders = order.split(" ", 2);
        switch (orders[0]) {
            case "exit" -> System.exit(Integer.parseInt(orders[1]));
            case "flood" -> flood(Long.parseLong(orders[1]));
            case "grandchild" -> {
                Process sleep = new ProcessBuilder("sleep", "1000").inheritIO().start();
                System.out.println("grandchild " + sleep.pid());
                if (orders[1].equals("leave")) {
                    Runtime.getRuntime().halt(5);
                }
                waitForEver();
            }
            case "wait" -> waitForEver();
            default -> throw new IllegalArgumentException(orders[0]);
        }
    }

    private static void waitForEver() throws InterruptedException {
        System.out.println("waiting");
        new CountDownLatch(1).await();
    }

    private static void flood(long bytes) {
        byte[] line = new byte[64];
        Arrays.fill(line, (byte) 'x');
        line[63] = '\n';
        try (PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 1 << 16), false)) {
            for (long left = bytes; left > 0; left -= line.length) {
                out.write(line, 0, line.length);
            }
            out.print("the end\n");
        }
    }
}
