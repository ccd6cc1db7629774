package dev.frontdesk.phone;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedPhonesTest {

    @ParameterizedTest
    @CsvSource({
        "text to +14155550123 failed, text to +1415•••0123 failed",
        "GET /api/customers?phone=%2B4915735980001, GET /api/customers?phone=+4915•••0001",
        "took +12 ms, took +12 ms",
        "100 % of +14155550123 and +14155550999, 100 % of +1415•••0123 and +1415•••0999"
    })
    void aNumberInAMessageIsMasked(String message, String shown) {
        assertThat(shown(message)).isEqualTo(shown);
    }

    @Test
    void aNumberAmongTheParametersIsToo() {
        assertThat(shown("text to %s: %d", "+14155550123", 7)).isEqualTo("text to +1415•••0123: 7");
    }

    private static String shown(String message, Object... parameters) {
        ExtLogRecord record = new ExtLogRecord(
                Level.INFO,
                message,
                parameters.length == 0 ? ExtLogRecord.FormatStyle.NO_FORMAT : ExtLogRecord.FormatStyle.PRINTF,
                "test");
        record.setParameters(parameters);
        assertThat(new MaskedPhones().isLoggable(record)).isTrue();
        return new PatternFormatter("%m").formatMessage(record);
    }
}
