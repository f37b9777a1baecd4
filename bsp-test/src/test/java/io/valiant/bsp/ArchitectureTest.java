package io.valiant.bsp;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.valiant.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses main = ArchitectureRules.mainClasses();

    @Test
    void everyCommonRuleHolds() {
        for (ArchRule rule : ArchitectureRules.ours().forEveryModule()) {
            rule.check(main);
        }
    }
}
