package dev.frontdesk.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StaffFilterTest {

    @Test
    void jwtRefusesToStartWithoutAnIssuer() {
        assertThatThrownBy(() -> filter("jwt", Optional.empty()).start(new StartupEvent()))
                .hasMessageContaining("MP_JWT_VERIFY_ISSUER");
        assertThatCode(() ->
                        filter("jwt", Optional.of("https://id.example.com")).start(new StartupEvent()))
                .doesNotThrowAnyException();
    }

    @Test
    void openStartsWithoutOneAndAnyOtherWordIsRefused() {
        assertThatCode(() -> filter("open", Optional.empty()).start(new StartupEvent()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> filter("none", Optional.empty())).hasMessageContaining("jwt or open");
    }

    private static StaffFilter filter(String security, Optional<String> issuer) {
        return new StaffFilter(null, null, null, null, security, "client_id", issuer);
    }
}
