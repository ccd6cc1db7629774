package dev.frontdesk.customer.prompts;

import java.util.ArrayList;
import java.util.List;

/**
 * What changed between two texts, line by line: the longest common subsequence stays, the rest was taken out or put in.
 * Where thousands of lines differ from thousands, no subsequence is looked for: everything between the first and the last
 * difference was replaced.
 */
final class Difference {

    /** Four bytes each. */
    private static final long MOST_CELLS = 4_000_000;

    private Difference() {}

    /** {@code op} is {@code equal}, {@code delete} or {@code insert}. */
    public record Line(String op, String text) {}

    static List<Line> of(String before, String after) {
        List<String> a = before.lines().toList();
        List<String> b = after.lines().toList();
        int start = 0;
        while (start < Math.min(a.size(), b.size()) && a.get(start).equals(b.get(start))) {
            start++;
        }
        int same = 0;
        while (same < Math.min(a.size(), b.size()) - start
                && a.get(a.size() - 1 - same).equals(b.get(b.size() - 1 - same))) {
            same++;
        }
        List<Line> lines = new ArrayList<>();
        a.subList(0, start).forEach(it -> lines.add(new Line("equal", it)));
        between(a.subList(start, a.size() - same), b.subList(start, b.size() - same), lines);
        a.subList(a.size() - same, a.size()).forEach(it -> lines.add(new Line("equal", it)));
        return lines;
    }

    private static void between(List<String> a, List<String> b, List<Line> lines) {
        int i = 0;
        int j = 0;
        if ((long) a.size() * b.size() <= MOST_CELLS) {
            int[][] common = common(a, b);
            while (i < a.size() && j < b.size()) {
                if (a.get(i).equals(b.get(j))) {
                    lines.add(new Line("equal", a.get(i++)));
                    j++;
                } else if (common[i + 1][j] >= common[i][j + 1]) {
                    lines.add(new Line("delete", a.get(i++)));
                } else {
                    lines.add(new Line("insert", b.get(j++)));
                }
            }
        }
        a.subList(i, a.size()).forEach(it -> lines.add(new Line("delete", it)));
        b.subList(j, b.size()).forEach(it -> lines.add(new Line("insert", it)));
    }

    /** The length of the longest common subsequence from each pair of places on. */
    private static int[][] common(List<String> a, List<String> b) {
        int[][] common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] = a.get(i).equals(b.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
