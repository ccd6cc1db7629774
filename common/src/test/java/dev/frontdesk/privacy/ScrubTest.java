package dev.frontdesk.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ScrubTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final Scrub scrub = new Scrub("+14155550123", "erased-1");

    @Test
    void whatBelongsToTheNumberLosesItsNameAndTexts() throws JsonProcessingException {
        assertThat(
                        scrubbed(
                                "{'id':7,'customer_name':'Ann','customer_phone':'+14155550123','notes':'dog','title':'For Ann','status':'paid'}"))
                .isEqualTo(
                        json(
                                "{'id':7,'customer_name':'erased','customer_phone':'erased-1','notes':null,'title':null,'status':'paid'}"));
    }

    @Test
    void whatLiesBelowTheNumberIsTheirsToo() throws JsonProcessingException {
        assertThat(scrubbed("{'phone':'+14155550123','timeline':[{'kind':'call','summary':'Ann asked','name':'Ann'}]}"))
                .isEqualTo(json("{'phone':'erased-1','timeline':[{'kind':'call','summary':null,'name':'erased'}]}"));
    }

    @Test
    void otherPeopleOfTheSameDocumentStay() throws JsonProcessingException {
        assertThat(scrubbed("{'items':[{'name':'Ann','phone':'+14155550123'},{'name':'Bob','phone':'+14155550124'}]}"))
                .isEqualTo(
                        json("{'items':[{'name':'erased','phone':'erased-1'},{'name':'Bob','phone':'+14155550124'}]}"));
    }

    @Test
    void theNumberIsTakenOutOfLongerTexts() throws JsonProcessingException {
        assertThat(scrubbed("{'detail':'call +14155550123 back'}")).isEqualTo(json("{'detail':'call erased-1 back'}"));
    }

    private JsonNode scrubbed(String text) throws JsonProcessingException {
        return scrub.apply(json(text));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
