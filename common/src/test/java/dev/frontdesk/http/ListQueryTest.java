package dev.frontdesk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListQueryTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalDate TODAY = LocalDate.parse("2026-03-10");

    @Test
    void withoutAnythingThereAreFiftyFromTheStart() {
        ListQuery query = query();
        assertThat(query.limit()).isEqualTo(50);
        assertThat(query.cursor()).isEmpty();
        assertThat(query.text("status")).isEmpty();
        assertThat(query.from()).isEmpty();
        assertThat(query.before()).isEmpty();
    }

    @Test
    void limitIsFromOneToTwoHundred() {
        assertThat(query("limit", "200").limit()).isEqualTo(200);
        for (String wrong : List.of("0", "201", "-1", "x", "1e2", "99999999999")) {
            assertBad("limit", wrong);
        }
    }

    @Test
    void aSmallListIsWholeUnlessLessIsAskedFor() {
        List<UUID> all =
                IntStream.range(0, 120).mapToObj(i -> UUID.randomUUID()).toList();
        assertThat(Page.small(all, query(), Cursor::of).items()).isEqualTo(all);
        Page<UUID> first = Page.small(all, query("limit", "2"), Cursor::of);
        assertThat(first.items()).isEqualTo(all.subList(0, 2));
        assertThat(Page.small(all, query("limit", "200", "cursor", first.nextCursor()), Cursor::of))
                .isEqualTo(Page.whole(all.subList(2, 120)));
    }

    @Test
    void whatNobodyKnowsOrSaysTwiceIsRefused() {
        assertBad("colour", "red");
        assertBad("status", "a\0b");
        MultivaluedHashMap<String, String> twice = new MultivaluedHashMap<>();
        twice.addAll("status", "a", "b");
        assertThatThrownBy(() -> ListQuery.of(twice, NEW_YORK, "status")).isInstanceOf(BadRequest.class);
    }

    @Test
    void aDateIsADayOfTheClientsZoneAndCountsWhole() {
        ListQuery query = query("from", "2026-03-08", "to", "2026-03-08");
        assertThat(query.from()).contains(Instant.parse("2026-03-08T05:00:00Z"));
        // The clocks go forward: a day of 23 hours.
        assertThat(query.before()).contains(Instant.parse("2026-03-09T04:00:00Z"));
    }

    @Test
    void anInstantCountsItselfInAnyOffset() {
        ListQuery query = query("from", "2026-03-08T01:00:00+02:00", "to", "2026-03-08T01:00:00 02:00");
        assertThat(query.from()).contains(Instant.parse("2026-03-07T23:00:00Z"));
        assertThat(query.before()).contains(Instant.parse("2026-03-07T23:00:00.000001Z"));
    }

    @Test
    void aMalformedOrEmptyRangeIsRefused() {
        for (String wrong : List.of("yesterday", "2026-02-30", "2026-03-08T25:00:00Z", "+99999-01-01", "20260308")) {
            assertThatThrownBy(() -> query("from", wrong).from()).isInstanceOf(BadRequest.class);
            assertThatThrownBy(() -> query("to", wrong).before()).isInstanceOf(BadRequest.class);
        }
        assertThatThrownBy(() -> query("from", "2026-03-09", "to", "2026-03-08").before())
                .isInstanceOf(BadRequest.class);
    }

    @Test
    void daysAreInclusiveAndLimited() {
        assertThat(query().days(TODAY, 30, 400)).isEqualTo(new ListQuery.Days(LocalDate.parse("2026-02-09"), TODAY));
        assertThat(query("from", "2026-03-01", "to", "2026-03-31")
                        .days(TODAY, 30, 31)
                        .to())
                .isEqualTo(LocalDate.parse("2026-03-31"));
        assertThatThrownBy(() -> query("from", "2026-03-01", "to", "2026-04-01").days(TODAY, 30, 31))
                .isInstanceOf(BadRequest.class);
        assertThatThrownBy(() -> query("from", "2026-03-01T00:00:00Z").days(TODAY, 30, 31))
                .isInstanceOf(BadRequest.class);
    }

    @Test
    void aMissingEndIsTodayOrALaterStart() {
        LocalDate yesterday = TODAY.minusDays(1);
        assertThat(query("from", yesterday.toString()).days(TODAY, 30, 400))
                .isEqualTo(new ListQuery.Days(yesterday, TODAY));
        LocalDate tomorrow = TODAY.plusDays(1);
        assertThat(query("from", tomorrow.toString()).days(TODAY, 30, 400))
                .isEqualTo(new ListQuery.Days(tomorrow, tomorrow));
        assertThatThrownBy(() -> query("from", "2020-01-01").days(TODAY, 30, 400))
                .isInstanceOf(BadRequest.class);
    }

    @Test
    void aFilterIsReadAsWhatItIs() {
        UUID id = UUID.randomUUID();
        assertThat(query("status", id.toString()).id("status")).contains(id);
        assertThat(query("status", "true").flag("status")).contains(true);
        assertThat(query("status", "paid").oneOf("status", List.of("paid", "failed")))
                .contains("paid");
        assertThatThrownBy(() -> query("status", "x").id("status")).isInstanceOf(BadRequest.class);
        assertThatThrownBy(() -> query("status", "yes").flag("status")).isInstanceOf(BadRequest.class);
        assertThatThrownBy(() -> query("status", "lost").oneOf("status", List.of("paid")))
                .isInstanceOf(BadRequest.class);
    }

    @Test
    void aCursorComesBackAsItWas() {
        Cursor cursor = new Cursor(Instant.parse("2026-03-08T05:00:00.123456Z"), UUID.randomUUID());
        assertThat(query("cursor", cursor.encode()).cursor()).contains(cursor);
        assertThat(cursor.encode()).hasSize(38).matches("[A-Za-z0-9_-]+");
        for (String wrong : List.of("x", "????", cursor.encode() + "AA", "_".repeat(38))) {
            assertBad("cursor", wrong);
        }
    }

    @Test
    void aPageIsCutWhereOneMoreRowIsThere() {
        Cursor last = new Cursor(Instant.EPOCH, new UUID(0, 2));
        List<Integer> rows = IntStream.rangeClosed(1, 3).boxed().toList();
        Page<Integer> page = Page.of(rows, 2, row -> new Cursor(Instant.EPOCH, new UUID(0, row)));
        assertThat(page.items()).containsExactly(1, 2);
        assertThat(page.nextCursor()).isEqualTo(last.encode());
        assertThat(Page.of(rows, 3, row -> last).nextCursor()).isNull();
        assertThat(page.map(row -> "row " + row).items()).containsExactly("row 1", "row 2");
    }

    private static void assertBad(String name, String value) {
        assertThatThrownBy(() -> query(name, value)).isInstanceOf(BadRequest.class);
    }

    private static ListQuery query(String... pairs) {
        MultivaluedHashMap<String, String> parameters = new MultivaluedHashMap<>();
        for (int at = 0; at < pairs.length; at += 2) {
            parameters.add(pairs[at], pairs[at + 1]);
        }
        return ListQuery.of(parameters, NEW_YORK, "status", "from", "to");
    }
}
