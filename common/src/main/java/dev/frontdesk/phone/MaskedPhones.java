package dev.frontdesk.phone;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** The net under rule 35: a telephone number that gets into a log message all the same is masked on its way out. */
@LoggingFilter(name = "phones")
public final class MaskedPhones implements Filter {

    private static final Pattern PHONE = Pattern.compile("(?:\\+|%2B)[1-9][0-9]{7,14}(?![0-9])");

    private static final Formatter MESSAGE = new PatternFormatter("%m");

    @Override
    public boolean isLoggable(LogRecord line) {
        if (line instanceof ExtLogRecord record) {
            String message = MESSAGE.formatMessage(record);
            Matcher phones = PHONE.matcher(message == null ? "" : message);
            if (phones.find()) {
                record.setMessage(
                        phones.replaceAll(it -> Phones.mask(it.group().replace("%2B", "+"))),
                        ExtLogRecord.FormatStyle.NO_FORMAT);
            }
        }
        return true;
    }
}
