package dev.frontdesk.bench;

import dev.frontdesk.testing.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Texts that the provider has taken and not yet delivered: one half for the service, the other for pgbench. */
final class SentTexts {

    /** The number of a text for pgbench; an error when there is none left. */
    static final String NEXT = "'SM' || md5('sent ' || nextval('bench_texts'))";
    /** Delivered ones of the service's half. */
    static final String DELIVERED =
            "select count(*) from sms_messages where message_body = 'bench' and status = 'delivered'";

    private SentTexts() {}

    static void prepare(String address, int texts) {
        Database sms = Database.at(address, "sms", "postgres");
        fill(sms, 1, texts, "bench");
        fill(sms, texts + 1, 2 * texts, "pgbench");
        sms.run("create sequence bench_texts minvalue %d maxvalue %d".formatted(texts + 1, 2 * texts));
        sms.run("grant usage on sequence bench_texts to sms_app");
        sms.run("analyze sms_messages");
    }

    /** Past the trigger that counts them in conversations: they are what was there before. */
    private static void fill(Database sms, int from, int to, String body) {
        sms.run("""
                with past as materialized (select set_config('session_replication_role', 'replica', true) as role)
                insert into sms_messages (client_id, phone_number, direction, message_body, status, provider_message_id,
                        provider_status, provider_rank, segments, purpose, price_due_at)
                select 'default', '+1415' || (2000000 + n %% 9000), 'outbound', '%s', 'sent', 'SM' || md5('sent ' || n), 'sent', 5, 1,
                       'staff', now() + interval '1 day'
                from past, generate_series(%d, %d) n
                """.formatted(body, from, to));
    }

    static String sid(long n) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(("sent " + n).getBytes(StandardCharsets.US_ASCII));
            return "SM" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
