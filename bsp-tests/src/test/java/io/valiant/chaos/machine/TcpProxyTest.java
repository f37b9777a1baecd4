package io.valiant.chaos.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpProxyTest {
    private static final int SHORT_MS = 300;

    private ServerSocket server;
    private TcpProxy proxy;
    private Socket client;
    private Socket served;

    @BeforeEach
    void connect() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        server = new ServerSocket(0, 10, loopback);
        proxy = TcpProxy.start(
                new InetSocketAddress(loopback, 0), new InetSocketAddress(loopback, server.getLocalPort()));
        client = new Socket(loopback, proxy.port());
        served = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        client.close();
        served.close();
        server.close();
    }

    @Test
    void bytesPassBothWaysAndSoDoesTheEnd() throws IOException {
        client.getOutputStream().write(7);
        assertThat(served.getInputStream().read()).isEqualTo(7);
        served.getOutputStream().write(8);
        assertThat(client.getInputStream().read()).isEqualTo(8);
        client.shutdownOutput();
        assertThat(served.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void whatWasSilencedArrivesWhenTheSilenceEndsAndTheOtherWayGoesOn() throws IOException {
        proxy.silence(true, false);
        client.getOutputStream().write(7);
        served.getOutputStream().write(8);
        assertThat(client.getInputStream().read()).isEqualTo(8);
        served.setSoTimeout(SHORT_MS);
        assertThat(readOrSilence(served.getInputStream())).isEqualTo("silence");
        proxy.silence(false, false);
        served.setSoTimeout(0);
        assertThat(served.getInputStream().read()).isEqualTo(7);
    }

    @Test
    void answersAreLostFromTheCallOnThatIsLookedFor() throws IOException {
        proxy.silenceAnswersAfter(new byte[] {5, 6});
        client.getOutputStream().write(5);
        assertThat(served.getInputStream().read()).isEqualTo(5);
        served.getOutputStream().write(8);
        assertThat(client.getInputStream().read()).isEqualTo(8);
        client.getOutputStream().write(new byte[] {4, 5, 6});
        assertThat(served.getInputStream().readNBytes(3)).containsExactly(4, 5, 6);
        served.getOutputStream().write(9);
        client.setSoTimeout(SHORT_MS);
        assertThat(readOrSilence(client.getInputStream())).isEqualTo("silence");
    }

    @Test
    void aDelayHoldsBytesBack() throws IOException {
        proxy.delay(SHORT_MS);
        long fromNs = Waits.nowNs();
        client.getOutputStream().write(7);
        assertThat(served.getInputStream().read()).isEqualTo(7);
        assertThat(Waits.sinceMs(fromNs)).isGreaterThanOrEqualTo(SHORT_MS);
    }

    @Test
    void aCutIsSeenAtBothEnds() throws IOException {
        client.getOutputStream().write(7);
        assertThat(served.getInputStream().read()).isEqualTo(7);
        proxy.cutAll();
        assertThat(readOrSilence(client.getInputStream())).isEqualTo("cut");
        assertThat(readOrSilence(served.getInputStream())).isEqualTo("cut");
        assertThat(proxy.lost()).isEqualTo(1);
    }

    private static String readOrSilence(InputStream in) {
        try {
            int read = in.read();
            return read < 0 ? "cut" : "byte " + read;
        } catch (SocketTimeoutException e) {
            return "silence";
        } catch (IOException e) {
            return "cut";
        }
    }
}
