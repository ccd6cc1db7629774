package dev.frontdesk.sms.replies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.bookings.OpenHours;
import dev.frontdesk.sms.replies.Meaning.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeaningTest {

    @ParameterizedTest
    @CsvSource({
        "C, CONFIRM,",
        "c ABC234, CONFIRM, ABC234",
        "Confirm my booking, CONFIRM,",
        "Yes, YES,",
        "yes please!, YES,",
        "X, CANCEL_BOOKING,",
        "x abc234, CANCEL_BOOKING, ABC234",
        "Cancel my appointment please, CANCEL_BOOKING,",
        "cancel ABC234, CANCEL_BOOKING, ABC234",
        "CANCEL, CANCEL_ALONE,",
        "R, RESCHEDULE,",
        "reschedule my appointment, RESCHEDULE,",
        "r ABC234, RESCHEDULE, ABC234",
        "can we find another time?, RESCHEDULE,",
        "ABC234, LOOK_UP, ABC234",
        "ref ABC234, LOOK_UP, ABC234",
        "When are you open?, HOURS,",
        "I want to speak to a human, PERSON,",
        "please call me, PERSON,",
        "hilfe, HELP,",
        "What does it cost?, OTHER,",
        "Yes please 3pm Friday works, OTHER,"
    })
    void fixedWordsHaveAMeaning(String body, Kind kind, String reference) {
        assertThat(Meaning.of(body)).isEqualTo(new Meaning(kind, reference, 0));
    }

    @Test
    void aNumberIsAChoice() {
        assertThat(Meaning.of("2")).isEqualTo(new Meaning(Kind.CHOICE, null, 2));
        assertThat(Meaning.of("Option 3 please")).isEqualTo(new Meaning(Kind.CHOICE, null, 3));
        assertThat(Meaning.of("12").kind()).isEqualTo(Kind.OTHER);
    }

    @Test
    void theWeekIsToldInRanges() {
        assertThat(BookingTalk.week(List.of(
                        new OpenHours("monday", "08:00", "12:00"),
                        new OpenHours("monday", "13:00", "18:00"),
                        new OpenHours("tuesday", "08:00", "20:00"),
                        new OpenHours("wednesday", "08:00", "20:00"),
                        new OpenHours("friday", "09:00", "17:00"))))
                .isEqualTo("Mon 08:00-12:00 and 13:00-18:00, Tue-Wed 08:00-20:00, Fri 09:00-17:00.");
    }
}
