package dev.frontdesk.booking;

import dev.frontdesk.http.Unprocessable;
import dev.frontdesk.phone.Phones;
import dev.frontdesk.settings.Clients;

/** A customer's number as people write it in the client's country, made E.164. */
final class CustomerPhone {

    private CustomerPhone() {}

    static String parse(String written, Clients.Client client) {
        return Phones.parse(written, client.region())
                .orElseThrow(() -> Unprocessable.field("customer_phone", "must be a telephone number"));
    }
}
