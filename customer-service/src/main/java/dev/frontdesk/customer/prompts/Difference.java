package dev.frontdesk.customer.prompts;

import java.util.ArrayList;
import java.util.List;

/** What changed between two texts, line by line: the longest common subsequence stays, the rest was taken out or put in. */
final class Difference {

    private Difference() {}

    /** {@code op} is {@code equal}, {@code delete} or {@code insert}. */
    public record Line(String op, String text) {}

    static List<Line> of(String before, String after) {
        List<String> a = before.lines().toList();
        List<String> b = after.lines().toList();
        int[][] common = common(a, b);
        List<Line> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                lines.add(new Line("equal", a.get(i)));
                i++;
                j++;
            } else if (i < a.size() && (j == b.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line("delete", a.get(i++)));
            } else {
                lines.add(new Line("insert", b.get(j++)));
            }
        }
        return lines;
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
