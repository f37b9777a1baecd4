package io.valiant.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
    @ParameterizedTest
    @CsvSource({
        "fs.s3a.secret.key, abc, ******",
        "fs.azure.account.key.x, abc, ******",
        "DB_PASSWORD, abc, ******",
        "api.token, abc, ******",
        "bsp.metastore.password.file, /etc/pw, /etc/pw",
        "bsp.tasks.maximum, 3, 3",
        "url, jdbc://user:hush@host/db, jdbc://user:******@host/db",
        "url, http://host:8080/a@b, http://host:8080/a@b",
        "url, s3a://KEY:se/cr+et@bucket/x, s3a://KEY:******@bucket/x",
        "OPENAI_API_KEY, abc, ******",
        "DB_PASS, abc, ******",
        "fs.s3a.encryption.key, abc, ******",
        "passes, 3, 3",
        "bsp.task.java.opts, -Xmx1g -Djavax.net.ssl.keyStorePassword=hush -Da=b, -Xmx1g -Djavax.net.ssl.keyStorePassword=****** -Da=b"
    })
    void secretsAreMaskedAndNothingElse(String name, String value, String shown) {
        assertThat(Secrets.masked(new TreeMap<>(Map.of(name, value)))).containsEntry(name, shown);
    }

    @Test
    void theConfigurationTellsEveryKeyWithWhatHolds() {
        var texts = BspConfiguration.defaults().texts();
        assertThat(texts).containsEntry("bsp.groom.expiry", "10s").containsEntry("bsp.task.orphan.timeout", "5s");
        assertThat(texts.keySet())
                .containsAll(Keys.all().stream()
                        .filter(key -> !key.equals(Keys.BIND_HOST))
                        .map(Key::name)
                        .toList());
    }
}
