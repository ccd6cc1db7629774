package dev.frontdesk.customer.prompts;

import dev.frontdesk.prompts.Placeholders;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of a version of a prompt. Other placeholders than before make a new major version, for whoever fills them must
 * know; other lines a minor one; a change within lines a patch.
 */
record PromptVersion(int major, int minor, int patch) {

    static final PromptVersion FIRST = new PromptVersion(1, 0, 0);

    private static final PromptVersion NONE = new PromptVersion(0, 0, 0);
    private static final Pattern WRITTEN = Pattern.compile("v(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");

    /** The seed's column takes any text; what is no such number is before the first. */
    static PromptVersion parse(String text) {
        Matcher version = WRITTEN.matcher(text);
        if (!version.matches()) {
            return NONE;
        }
        return new PromptVersion(
                Integer.parseInt(version.group(1)),
                Integer.parseInt(version.group(2)),
                Integer.parseInt(version.group(3)));
    }

    /** The number after this one, for a text that replaces {@code before}. */
    PromptVersion next(String before, String after) {
        if (!Placeholders.of(before).equals(Placeholders.of(after))) {
            return new PromptVersion(major + 1, 0, 0);
        }
        return before.lines().count() == after.lines().count()
                ? new PromptVersion(major, minor, patch + 1)
                : new PromptVersion(major, minor + 1, 0);
    }

    @Override
    public String toString() {
        return "v%d.%d.%d".formatted(major, minor, patch);
    }
}
