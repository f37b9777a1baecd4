package io.valiant.hdfs;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.log4j.ConsoleAppender;
import org.apache.log4j.Level;
import org.apache.log4j.Logger;
import org.apache.log4j.SimpleLayout;

/**
 * A name node and a data node in a JVM of their own, run from this source file. Says the name node's URI on standard output,
 * then does what standard input tells it and says so: {@code stop name node}, {@code start data node} and so on. Ends with
 * its input.
 */
public final class MiniHdfs {
    private MiniHdfs() {}

    /** @param arguments the folder for everything it writes */
    public static void main(String[] arguments) throws IOException {
        // Without it thousands of lines of debugging come.
        Logger.getRootLogger().setLevel(Level.ERROR);
        Logger.getRootLogger().addAppender(new ConsoleAppender(new SimpleLayout(), ConsoleAppender.SYSTEM_ERR));
        Configuration configuration = new Configuration();
        // A data node knows within a second that its name node has been started again.
        configuration.setInt("dfs.heartbeat.interval", 1);
        File folder = new File(arguments[0]);
        try (MiniDFSCluster cluster = new MiniDFSCluster.Builder(configuration, folder)
                .numDataNodes(1)
                .build()) {
            cluster.waitActive();
            System.out.println(cluster.getURI());
            serve(cluster, new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
    }

    private static void serve(MiniDFSCluster cluster, BufferedReader orders) throws IOException {
        MiniDFSCluster.DataNodeProperties stopped = null;
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            switch (order) {
                case "stop name node" -> cluster.shutdownNameNode(0);
                case "start name node" -> cluster.restartNameNode(0, false);
                case "stop data node" -> stopped = cluster.stopDataNode(0);
                case "start data node" -> cluster.restartDataNode(stopped, true);
                default -> throw new IOException("told to " + order);
            }
            System.out.println(order);
        }
    }
}
