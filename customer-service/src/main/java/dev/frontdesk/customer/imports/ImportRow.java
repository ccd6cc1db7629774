package dev.frontdesk.customer.imports;

import dev.frontdesk.customer.Tags;
import dev.frontdesk.http.Unprocessable;
import dev.frontdesk.http.Violation;
import dev.frontdesk.phone.Phones;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** One row of a CSV of customers that can become one. */
record ImportRow(int line, String phone, String name, String email, String notes, List<String> tags, String address) {

    private static final Pattern MAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
    /** As a body of {@code POST /api/customers} may have. */
    private static final int LONGEST_NAME = 200;

    private static final int LONGEST_EMAIL = 320;
    private static final int LONGEST_NOTES = 20_000;
    private static final int LONGEST_ADDRESS = 1_000;

    /**
     * Reads a row; null, and its violations told, when it breaks a rule.
     *
     * @param line the row's number, the first after the header being 1; violations are named {@code rows[7].phone}
     */
    static ImportRow of(int line, Map<String, String> cells, String region, Consumer<Violation> violations) {
        String name = cells.getOrDefault("name", "").strip();
        String phone = Phones.parse(cells.getOrDefault("phone", ""), region).orElse(null);
        String email = blankToNull(cells.get("email"));
        String notes = blankToNull(cells.get("notes"));
        String address = blankToNull(cells.get("address"));
        boolean good = check(phone != null, line, "phone", "not a telephone number", violations);
        good &= check(!name.isEmpty(), line, "name", "must not be blank", violations);
        good &= checkLength(name, LONGEST_NAME, line, "name", violations);
        good &= check(email == null || MAIL.matcher(email).matches(), line, "email", "not a mail address", violations);
        good &= checkLength(email, LONGEST_EMAIL, line, "email", violations);
        good &= checkLength(notes, LONGEST_NOTES, line, "notes", violations);
        good &= checkLength(address, LONGEST_ADDRESS, line, "address", violations);
        List<String> tags = tags(line, cells.get("tags"), violations);
        return good && tags != null ? new ImportRow(line, phone, name, email, notes, tags, address) : null;
    }

    static Violation violation(int line, String field, String message) {
        return new Violation("rows[%d].%s".formatted(line, field), message);
    }

    private static boolean check(
            boolean holds, int line, String field, String message, Consumer<Violation> violations) {
        if (!holds) {
            violations.accept(violation(line, field, message));
        }
        return holds;
    }

    private static boolean checkLength(
            String text, int longest, int line, String field, Consumer<Violation> violations) {
        return check(
                text == null || text.length() <= longest,
                line,
                field,
                "at most %d characters".formatted(longest),
                violations);
    }

    /** Separated by {@code ;}. */
    private static List<String> tags(int line, String cell, Consumer<Violation> violations) {
        try {
            return cell == null ? List.of() : Tags.normalised(Arrays.asList(cell.split(";")));
        } catch (Unprocessable e) {
            violations.accept(violation(line, "tags", e.getMessage()));
            return null;
        }
    }

    private static String blankToNull(String cell) {
        return cell == null || cell.isBlank() ? null : cell.strip();
    }
}
