package dev.frontdesk.http;

import io.smallrye.mutiny.Multi;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * CSV (RFC 4180, UTF-8, CRLF) that a spreadsheet cannot mistake for formulas: a text that starts with {@code = + - @},
 * a tab or a line break gets a leading apostrophe (OWASP CSV injection). Numbers stay numbers.
 */
public final class Csv {
    /** The media type to answer with. */
    public static final String MEDIA_TYPE = "text/csv;charset=UTF-8";

    private static final String DANGEROUS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private static final CSVFormat WRITING = CSVFormat.RFC4180;
    private static final CSVFormat READING = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .setIgnoreEmptyLines(true)
            .setTrim(true)
            .get();

    private Csv() {}

    /** A streamed file: the header line, then one chunk of text per row; nothing is collected. */
    public static Multi<String> rows(List<String> header, Multi<? extends List<?>> rows) {
        return Multi.createBy().concatenating().streams(Multi.createFrom().item(() -> row(header)), rows.map(Csv::row));
    }

    /** One line with its CRLF; null is an empty cell. */
    public static String row(List<?> values) {
        return WRITING.format(values.stream().map(Csv::safe).toArray()) + "\r\n";
    }

    /**
     * The rows of a file with a header line, by column name in the file's order; apostrophes we wrote are taken off.
     *
     * @throws BadRequest when it is no CSV, a column has no name or two the same, or it has more than {@code most} rows
     */
    public static List<Map<String, String>> read(String text, int most) {
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try (CSVParser parser = CSVParser.parse(new StringReader(withoutMark), READING)) {
            List<Map<String, String>> rows = new ArrayList<>();
            for (CSVRecord line : parser) {
                if (rows.size() == most) {
                    throw new BadRequest("The CSV has more than " + most + " rows");
                }
                Map<String, String> row = new LinkedHashMap<>();
                line.toMap().forEach((name, value) -> row.put(name, plain(value)));
                rows.add(row);
            }
            return rows;
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw new BadRequest("The CSV cannot be read");
        }
    }

    private static Object safe(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        String text = value.toString();
        return isDangerous(text) ? "'" + text : text;
    }

    private static String plain(String text) {
        return text.startsWith("'") && isDangerous(text.substring(1)) ? text.substring(1) : text;
    }

    private static boolean isDangerous(String text) {
        return !text.isEmpty() && DANGEROUS.indexOf(text.charAt(0)) >= 0;
    }
}
