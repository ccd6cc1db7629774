package dev.frontdesk.customer;

import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.events.CustomerSnapshot;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The customers a statement wrote ({@code returning old.id is null as is_new, new.*}), as the events that report them. */
public final class ChangedCustomers {

    private ChangedCustomers() {}

    /** One event per row. */
    public static List<CustomerEvent> events(RowSet<Row> rows, Instant now) {
        List<CustomerEvent> events = new ArrayList<>(rows.size());
        for (Row row : rows) {
            events.add(
                    row.getBoolean("is_new")
                            ? new CustomerEvent.Created(now, snapshot(row))
                            : new CustomerEvent.Updated(now, snapshot(row)));
        }
        return events;
    }

    private static CustomerSnapshot snapshot(Row row) {
        return new CustomerSnapshot(
                row.getUUID("id"),
                row.getLong("version"),
                row.getString("name"),
                row.getString("phone"),
                row.getString("email"),
                row.getString("address"),
                List.of(row.getArrayOfStrings("tags")),
                row.getUUID("merged_into"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
