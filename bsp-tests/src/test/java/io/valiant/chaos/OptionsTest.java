package io.valiant.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static Options parse(String... args) {
        return Options.parse(args);
    }

    @Test
    void scenariosAndOptionsMayStandInAnyOrder() {
        Options options = parse("child", "--runs", "5", "groom.kill", "--json", "--away", "5m", "--slower", "3");
        assertThat(options.scenarios()).isEqualTo(List.of("child", "groom.kill"));
        assertThat(options.runs()).isEqualTo(5);
        assertThat(options.json()).isTrue();
        assertThat(options.away()).isEqualTo(Duration.ofMinutes(5));
        assertThat(options.slower()).isEqualTo(3);
    }

    @Test
    void withoutOptionsEachScenarioIsRunAsOftenAsItSays() {
        assertThat(parse().runs()).isZero();
        assertThat(parse().log()).isNull();
        assertThat(parse().slower()).isEqualTo(1);
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        assertThatThrownBy(() -> parse("--rums", "5")).hasMessageContaining("--rums");
        assertThatThrownBy(() -> parse("--runs")).hasMessageContaining("--runs needs a value");
        assertThatThrownBy(() -> parse("--runs", "0")).hasMessageContaining("--runs 0");
        assertThatThrownBy(() -> parse("--away", "soon")).isInstanceOf(IllegalArgumentException.class);
    }
}
