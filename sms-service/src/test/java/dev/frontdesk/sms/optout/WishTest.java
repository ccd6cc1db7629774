package dev.frontdesk.sms.optout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WishTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"STOP", "stop", " Stop. ", "StopAll", "UNSUBSCRIBE", "End", "QUIT", "revoke", "OPTOUT", "STOP!!!"
            })
    void twiliosKeywordsAreAStopWhenTheyAreTheWholeText(String text) {
        assertThat(Wish.of(text, null)).isEqualTo(Wish.STOP_KEYWORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "opt out",
                "Opt-out",
                "I want to opt out please",
                "please stop texting me",
                "STOP TEXTING ME!",
                "Stop please",
                "please stop",
                "do not text me",
                "Don't text me anymore",
                "don’t contact me",
                "Do not contact me again",
                "take me off your list",
                "Please remove me",
                "remove my number",
                "no more messages",
                "No more texts please",
                "stop sending me messages",
                "stop these texts",
                "stop messaging me",
                "Unsubscribe me",
                "stop all",
                "Arrêt",
                "ABMELDEN",
                "baja",
                "Bitte keine SMS mehr",
                "no más mensajes",
                "Stopp"
            })
    void plainWordingIsAStopAsWell(String text) {
        assertThat(Wish.of(text, null)).isEqualTo(Wish.STOP_WORDING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CANCEL",
                "yes",
                "Y",
                "c",
                "Can you stop by at 3?",
                "I'm at the bus stop",
                "The weekend works",
                "end of March?",
                "When does the sale end?",
                "I will be off on Monday",
                "Please text me when you arrive",
                "",
                "X ABC234",
                "👍",
                "cancel my booking please",
                "Is the list price right?",
                "thanks, no more questions"
            })
    void otherTextsAreNot(String text) {
        assertThat(Wish.of(text, null)).isEqualTo(Wish.NONE);
    }

    @Test
    void startReopensAndHelpAsks() {
        assertThat(Wish.of("Start", null)).isEqualTo(Wish.START);
        assertThat(Wish.of("UNSTOP", null)).isEqualTo(Wish.START);
        for (String ours : List.of("Hilfe", "ayuda!", "Aide", "help?", "Info.")) {
            assertThat(Wish.of(ours, null)).as(ours).isEqualTo(Wish.HELP);
            assertThat(Wish.HELP.wantsNoReply()).isFalse();
        }
    }

    @Test
    void whatTwilioAnswersAndWhoWantsNothingGetNoReply() {
        for (String text : List.of("STOP", "start", "HELP", " info ", "please stop texting me")) {
            assertThat(Wish.of(text, null).wantsNoReply()).as(text).isTrue();
        }
        assertThat(Wish.of("When are you open?", null).wantsNoReply()).isFalse();
    }

    @Test
    void twiliosOwnVerdictComesFirst() {
        assertThat(Wish.of("CANCEL", "STOP")).isEqualTo(Wish.STOP_KEYWORD);
        assertThat(Wish.of("hola", "START")).isEqualTo(Wish.START);
        assertThat(Wish.of("STOP", "HELP")).isEqualTo(Wish.HELP_KEYWORD);
    }
}
