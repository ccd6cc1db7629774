package dev.frontdesk.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.testing.CommonProfile;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What people ask, and the FAQ that a call or a text is answered with: found by the caller's words, in their language. */
@QuarkusTest
@TestProfile(CommonProfile.class)
@QuarkusTestResource(Infrastructure.class)
class FaqScoreIT {

    /** Name, question, keywords. */
    private static final String LAUNDRY = """
            prices   | How much does a pickup cost?                         | price,cost,how much,fee,charge,expensive
            hours    | When are you open?                                   | open,hours,opening hours,closed,sunday,weekend
            duration | How long does it take until I get my laundry back?   | how long,turnaround,ready,delivery,same day
            loads    | How many loads can I hand over in one pickup?        | load,loads,maximum,bags,weight
            changes  | How do I change or cancel my pickup?                 | cancel,change,reschedule,move,another time
            """;

    private static final String HAIRDRESSER = """
            Preise   | Was kostet ein Haarschnitt?                          | preis,kosten,kostet,wie viel,teuer
            Zeiten   | Wann haben Sie geöffnet?                             | geöffnet,öffnungszeiten,offen,montag,wochenende
            Dauer    | Wie lange dauert ein Haarschnitt?                    | dauert,wie lange,minuten,dauer
            Absage   | Wie kann ich meinen Termin verschieben oder absagen? | absagen,verschieben,stornieren,ändern
            Termine  | Brauche ich einen Termin?                            | ohne termin,spontan,vorbeikommen
            """;

    private static final String ASKED_IN_ENGLISH = """
            what are your prices                                               | prices
            What do you charge?                                                | prices
            how much is it                                                     | prices
            do you have any extra fees                                         | prices
            pricing                                                            | prices
            hi there, my name is Anna and I wanted to ask what your prices are | prices
            are you open on sundays                                            | hours
            what are your opning hours                                         | hours
            what time do you close                                             | hours
            when will my laundry be ready                                      | duration
            how long do you take                                               | duration
            how many bags can I bring                                          | loads
            can I cancell my pickup                                            | changes
            I need to reshedule                                                | changes
            moving my pickup to another time                                   | changes
            do you repair bicycles in Norway                                   |
            who won the world cup                                              |
            was my shirt washed by a prince                                    |
            I want to book a pickup                                            |
            do you take credit cards                                           |
            do you clean tents                                                 |
            thank you very much                                                |
            My cat ate the receipt                                             |
            what is it                                                         |
            one                                                                |
            ???                                                                |
            was kostet das                                                     |
            """;

    private static final String ASKED_IN_GERMAN = """
            was sind Ihre Preise              | Preise
            wie teuer ist das                 | Preise
            wieviel kostet es                 | Preise
            haben Sie montags geöffnet        | Zeiten
            Oeffnungszeiten?                  | Zeiten
            Öfnungszeiten                     | Zeiten
            am Wochenende offen?              | Zeiten
            wie lange dauert das              | Dauer
            Kann ich den Termin verschieben?  | Absage
            ich möchte meinen Termin absagen  | Absage
            Brauche ich einen Termin          | Termine
            geht es auch ohne Termin          | Termine
            Färben Sie auch Haare             |
            Haarschnitt für meinen Hund       |
            Ich suche einen Parkplatz         |
            vielen Dank                       |
            what are your prices              |
            """;

    private static final Database DB = Database.asApp("call");

    @ConfigProperty(name = "frontdesk.faqs.answer-from")
    double answerFrom;

    @TestFactory
    Stream<DynamicTest> englishQuestionsFindTheirAnswerOrNone() {
        return asked(ASKED_IN_ENGLISH, Language.of("US"), LAUNDRY);
    }

    @TestFactory
    Stream<DynamicTest> germanQuestionsFindTheirAnswerOrNone() {
        return asked(ASKED_IN_GERMAN, Language.of("DE"), HAIRDRESSER);
    }

    @Test
    void aLanguageWeDoNotKnowIsMatchedWordByWord() {
        assertThat(Language.of("JP")).isEqualTo("simple");
        assertThat(best("simple", "Price", LAUNDRY)).contains("prices");
        assertThat(best("simple", "pricing", LAUNDRY)).isEmpty();
    }

    @Test
    void noQuestionIsTooOddToBeScored() {
        for (String odd : List.of(
                "", " ", "'", "& | ! ( ) <-> :*", "\u0001", "😀", "a".repeat(100_000), "wort ".repeat(50_000))) {
            assertThat(score("english", odd, "", "{}")).as(odd).isBetween(0d, 1d);
            assertThat(score("english", odd, odd, "{\"\",\"the\",\"!\",price}"))
                    .as(odd)
                    .isBetween(0d, 1d);
        }
        assertThat(DB.value("select faq_score('english', 'price', 'What?', null)"))
                .isEqualTo(0d);
    }

    private Stream<DynamicTest> asked(String table, String language, String faqs) {
        return cells(table)
                .map(row -> DynamicTest.dynamicTest(
                        row.get(0),
                        () -> assertThat(best(language, row.get(0), faqs))
                                .isEqualTo(Optional.of(row.get(1)).filter(it -> !it.isEmpty()))));
    }

    private Optional<String> best(String language, String asked, String faqs) {
        Map<String, Double> scores = cells(faqs)
                .collect(Collectors.toMap(
                        faq -> faq.get(0), faq -> score(language, asked, faq.get(1), "{" + faq.get(2) + "}")));
        return scores.entrySet().stream()
                .filter(it -> it.getValue() >= answerFrom)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    private static double score(String language, String asked, String question, String keywords) {
        return (Double)
                DB.value("select faq_score(?::regconfig, ?, ?, ?::text[])", language, asked, question, keywords);
    }

    private static Stream<List<String>> cells(String table) {
        return table.lines()
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList());
    }
}
