package dev.frontdesk.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {

    @Test
    void namesAreFoundOnceWithOrWithoutBlanks() {
        assertThat(Placeholders.of("{{today}} {{ today }} {{price list}} {single} {{}}"))
                .containsExactly("", "price list", "today");
    }

    @Test
    void valuesAreTakenAsTheyAreAndNothingIsLeftOpen() {
        assertThat(Placeholders.fill(
                        "It is {{ today }} at {{business_name}}{{nonsense}}.",
                        Map.of("today", "$1", "business_name", "A\\B {{today}}")))
                .isEqualTo("It is $1 at A\\B {{today}}.");
    }
}
