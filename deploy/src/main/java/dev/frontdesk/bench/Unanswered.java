package dev.frontdesk.bench;

import dev.frontdesk.testing.Database;

/**
 * Marks every text that comes in as one that gets no reply, whoever stores it. Else the service would write replies to what
 * pgbench and the peers have stored, beside what is measured next.
 */
final class Unanswered {

    private Unanswered() {}

    static void prepare(String address) {
        Database sms = Database.at(address, "sms", "postgres");
        sms.run("""
                create function unanswered() returns trigger language plpgsql as $$
                begin
                    new.reply := 'none';
                    return new;
                end;
                $$
                """);
        sms.run("""
                create trigger unanswered before insert on sms_messages
                for each row when (new.reply = 'due') execute function unanswered()
                """);
    }

    static void end(Database sms) {
        sms.run("drop trigger if exists unanswered on sms_messages");
    }
}
