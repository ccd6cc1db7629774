package dev.frontdesk.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.http.BadRequest;
import dev.frontdesk.http.TooLarge;
import dev.frontdesk.testing.Fixtures;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FormTest {
    @Test
    void fieldsKeepOrderRepeatsAndEmpties() {
        Form form = Form.parse("b=2&a=1&b=3&empty=&bare&x=a=b&&");
        assertThat(form.fields())
                .containsExactly(
                        Map.entry("b", "2"),
                        Map.entry("a", "1"),
                        Map.entry("b", "3"),
                        Map.entry("empty", ""),
                        Map.entry("bare", ""),
                        Map.entry("x", "a=b"));
        assertThat(form.all("b")).containsExactly("2", "3");
        assertThat(form.first("empty")).contains("");
        assertThat(form.text("empty")).isEmpty();
        assertThat(form.names()).containsExactly("b", "a", "empty", "bare", "x");
    }

    @Test
    void blanksComeAsPlusOrEscaped() {
        assertThat(Form.parse("Body=a+b%20c%2B%C3%A9%F0%9F%98%80").text("Body")).contains("a b c+é😀");
    }

    @Test
    void onlyNamesThatAreSafeInALogAreNamed() {
        assertThat(Form.parse("Body=x&a%0Ab=1&" + "n".repeat(41) + "=1&%C3%A9=1&a%20b=1&Body=y")
                        .names())
                .containsExactly("Body");
        String many = IntStream.range(0, 100).mapToObj(i -> "f" + i + "=1").collect(Collectors.joining("&"));
        assertThat(Form.parse(many).names()).hasSize(40).startsWith("f0").endsWith("f39");
    }

    @Test
    void whatCannotBeReadIsRefused() {
        for (String wrong : List.of("a=%", "a=%4", "a=%zz", "%=1", "a=%C3", "a=%FF", "a=%+1")) {
            assertThatThrownBy(() -> Form.parse(wrong)).as(wrong).isInstanceOf(BadRequest.class);
        }
        assertThat(Form.parse("a=1&".repeat(1_000)).fields()).hasSize(1_000);
        assertThatThrownBy(() -> Form.parse("a=1&".repeat(1_001))).isInstanceOf(TooLarge.class);
    }

    @Test
    void aRecordedTextIsRead() {
        Form form = Form.parse(Fixtures.text("twilio/sms-incoming.form"));
        assertThat(form.text("From")).contains("+14155550123");
        assertThat(form.text("MessageSid")).isPresent();
        assertThat(form.text("Body")).contains("Yes please, 3pm Friday works & thanks = great +1");
    }
}
