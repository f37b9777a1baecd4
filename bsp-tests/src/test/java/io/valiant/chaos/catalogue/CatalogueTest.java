package io.valiant.chaos.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.chaos.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    @Test
    void everyScenarioHasANameOfItsOwnAndSaysWhatItDoesAndWhatMustHold() {
        assertThat(Catalogue.all()).extracting(Scenario::name).doesNotHaveDuplicates();
        for (Scenario scenario : Catalogue.all()) {
            assertThat(scenario.name()).matches("[a-z]+\\.[a-z0-9-]+");
            assertThat(scenario.does()).as(scenario.name()).isNotBlank();
            assertThat(scenario.holds()).as(scenario.name()).isNotBlank();
            assertThat(scenario.runs()).as(scenario.name()).isPositive();
        }
    }

    @Test
    void aNounMeansAllOfItsScenariosAndANameOnlyOne() {
        assertThat(Catalogue.of(List.of("groom"))).isNotEmpty().allMatch(scenario -> scenario.name()
                .startsWith("groom."));
        assertThat(Catalogue.of(List.of("child.kill")))
                .extracting(Scenario::name)
                .containsExactly("child.kill");
        assertThat(Catalogue.of(List.of())).hasSameSizeAs(Catalogue.all());
        assertThatThrownBy(() -> Catalogue.of(List.of("child.kil"))).hasMessageContaining("'child.kil'");
    }
}
