package dev.frontdesk.http;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list, the only list shape: {@code {"items": [...], "next_cursor": "..."|null}}.
 *
 * @param nextCursor what to send as {@code cursor} for the next page; null when this is the last
 */
public record Page<T>(List<T> items, String nextCursor) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page out of rows fetched with {@code limit + 1}: the extra row only says that there is a next page.
     *
     * @param key the cursor of a row, from the columns the list is sorted by
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<? super T, Cursor> key) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        return new Page<>(rows.subList(0, limit), key.apply(rows.get(limit - 1)).encode());
    }

    /** A list that is never cut. */
    public static <T> Page<T> whole(List<T> rows) {
        return new Page<>(rows, null);
    }

    /**
     * A page of a list that is short by nature and read whole: all of it, unless the query names a limit.
     *
     * @param key the cursor of a row, unlike any other's
     */
    public static <T> Page<T> small(List<T> rows, ListQuery query, Function<? super T, Cursor> key) {
        List<T> rest = query.cursor()
                .map(last -> rows.stream()
                        .dropWhile(row -> !key.apply(row).equals(last))
                        .skip(1)
                        .toList())
                .orElse(rows);
        return query.number("limit").map(limit -> of(rest, limit, key)).orElseGet(() -> whole(rest));
    }

    /** The same page of views. */
    public <V> Page<V> map(Function<? super T, ? extends V> view) {
        return new Page<>(items.stream().<V>map(view).toList(), nextCursor);
    }
}
