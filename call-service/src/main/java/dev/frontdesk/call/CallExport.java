package dev.frontdesk.call;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Calls as rows of a spreadsheet. */
final class CallExport {

    static final List<String> COLUMNS = List.of(
            "id",
            "created_at",
            "phone_number",
            "customer_name",
            "call_type",
            "status",
            "duration",
            "cost",
            "sentiment",
            "booking_id",
            "started_at",
            "ended_at",
            "ended_reason",
            "provider",
            "provider_call_id",
            "summary",
            "notes");

    private CallExport() {}

    static List<Object> row(CallView it) {
        return new ArrayList<>(Arrays.asList(
                it.id(),
                it.createdAt(),
                it.phoneNumber(),
                it.customerName(),
                it.callType(),
                it.status(),
                it.duration(),
                it.cost(),
                it.sentiment(),
                it.bookingId(),
                it.startedAt(),
                it.endedAt(),
                it.endedReason(),
                it.provider(),
                it.providerCallId(),
                it.summary(),
                it.notes()));
    }
}
