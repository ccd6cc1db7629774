package dev.frontdesk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Multi;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void aSpreadsheetSeesTextsAndNumbersButNoFormulas() {
        assertThat(Csv.row(Arrays.asList("=1+1", "+49", "-x", "@a", "\tb", new BigDecimal("-5.00"), null, "a,\"b\"")))
                .isEqualTo("'=1+1,'+49,'-x,'@a,'\tb,-5.00,,\"a,\"\"b\"\"\"\r\n");
    }

    @Test
    void rowsAreStreamedUnderTheirHeader() {
        Multi<List<?>> rows = Multi.createFrom().items(List.of("Ada", 1), List.of("Bea", 2));
        assertThat(Csv.rows(List.of("name", "loads"), rows)
                        .collect()
                        .asList()
                        .await()
                        .indefinitely())
                .containsExactly("name,loads\r\n", "Ada,1\r\n", "Bea,2\r\n");
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        String file = Csv.row(List.of("name", "phone")) + Csv.row(List.of("Ada \"A\", Countess", "+14155550123"));
        assertThat(Csv.read("\uFEFF" + file, 10))
                .containsExactly(Map.of("name", "Ada \"A\", Countess", "phone", "+14155550123"));
        assertThat(Csv.read("name\n'quoted\n", 10)).containsExactly(Map.of("name", "'quoted"));
        assertThat(Csv.read("name\r\n", 10)).isEmpty();
    }

    @Test
    void whatIsNoCsvIsRefused() {
        for (String wrong :
                List.of("name,name\r\na,b\r\n", "name\r\n\"open", "name\r\na\r\nb\r\nc\r\n", "a,\r\n1,2\r\n")) {
            assertThatThrownBy(() -> Csv.read(wrong, 2)).as(wrong).isInstanceOf(BadRequest.class);
        }
    }
}
