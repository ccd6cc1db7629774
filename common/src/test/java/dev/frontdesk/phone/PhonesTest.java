package dev.frontdesk.phone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhonesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+14155550123",
                "(415) 555-0123",
                "415.555.0123",
                "1 415 555 0123",
                "tel:+1-415-555-0123",
                "whatsapp:+14155550123",
                " 14155550123",
                "+1 415 555 0123 ext. 9",
                "０１１ 1 415 555 0123"
            })
    void everySpellingIsOnePerson(String spelling) {
        assertThat(Phones.parse(spelling, "US")).contains("+14155550123");
    }

    @ParameterizedTest
    @CsvSource({
        "030 901820, DE, +4930901820",
        "+4915735980001, US, +4915735980001",
        "+15005550006, US, +15005550006",
        "0049 30 901820, DE, +4930901820"
    })
    void aNationalSpellingIsReadInItsRegion(String spelling, String region, String e164) {
        assertThat(Phones.parse(spelling, region)).contains(e164);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "q0a1b2c3 no3",
                "VERIFY4U now",
                "",
                "anonymous",
                "+266696687",
                "12345",
                "5550123",
                "client:ada",
                "sip:+14155550123@example.com",
                "hello",
                "+",
                "+1",
                "++++++++++++++++++++++++++++++++++++++++++++++++1415",
                "+999999999999999999"
            })
    void whatIsNoNumberIsEmpty(String spelling) {
        assertThat(Phones.parse(spelling, "US")).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "anonymous",
                "Anonymous",
                "UNKNOWN",
                "restricted",
                "+266696687",
                "266696687",
                "sip:anonymous@anonymous.invalid"
            })
    void aWithheldCallerIsAnonymous(String raw) {
        assertThat(Phones.isAnonymous(raw)).isTrue();
    }

    @Test
    void aCallerWithANumberIsNot() {
        assertThat(Phones.isAnonymous("+14155550123")).isFalse();
        assertThat(Phones.isAnonymous("sip:ada@example.com")).isFalse();
    }

    @Test
    void logsShowWhoWithoutSayingIt() {
        assertThat(Phones.mask("+14155550123")).isEqualTo("+1415•••0123");
        assertThat(Phones.mask("12345")).isEqualTo("•••45");
        assertThat(Phones.mask("7")).isEqualTo("•••7");
        assertThat(Phones.mask("anonymous")).isEqualTo("anonymous");
        assertThat(Phones.mask(null)).isEqualTo("-");
    }

    @Test
    void aNumberKnowsItsRegion() {
        assertThat(Phones.regionOf("+14155550123")).contains("US");
        assertThat(Phones.regionOf("+4915735980001")).contains("DE");
        assertThat(Phones.regionOf("anonymous")).isEmpty();
    }

    @Test
    void numbersAreFoundInAnyText() {
        assertThat(Phones.namedIn("{\"phone\":\"+14155550123\",\"at\":\"2026-03-01T10:00:00Z\", oops", "US"))
                .contains("+14155550123");
        assertThat(Phones.namedIn("call (415) 555-0124, 415-555-0125 or 0049 1573 5980001", "US"))
                .contains("+14155550124", "+14155550125");
        assertThat(Phones.namedIn("ruf 01573 5980001 an", "DE")).contains("+4915735980001");
        assertThat(Phones.namedIn("1 2 3 ".repeat(100_000) + "+14155550126", "US"))
                .contains("+14155550126");
        assertThat(Phones.namedIn("", "US")).isEmpty();
    }

    @Test
    void everySpellingEndsWithTheNationalDigits() {
        assertThat(Phones.nationalDigits("+14155550123")).isEqualTo("4155550123");
        assertThat(Phones.nationalDigits("+4915735980001")).isEqualTo("15735980001");
        assertThat(Phones.nationalDigits("+99912345678")).isEqualTo("99912345678");
    }
}
