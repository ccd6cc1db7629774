package dev.frontdesk.storm;

/** What {@code deploy/storm --help} says. */
final class Help {
    static final String TEXT = """
            deploy/storm [--quick] [--minutes N] [--seed N] [--rate N] [--pairs] [--once] [--only F5,F12]

            Starts a platform of its own (free ports, data under deploy/local/data/storm-<seed>), lets people call, text and
            book, breaks things meanwhile, heals them, and compares what was acknowledged with tables, topics, rollups and
            the carrier. Says what it did and measured, then the invariants, then lost=N doubled=N. The exit code is 0 only
            if both are 0, every invariant holds and every fault met what it must. Else data, logs, ledger.txt and
            report.txt stay, with each wrong item: its id, what was expected, what was found, and where.

              --quick      one of every kind of fault, in about four minutes; the default, and what CI runs
              --minutes N  so long; faults come again in another order. From 10 on it is a long storm
              --seed N     decides who does what and the order of the faults (times are the machine's); default 1
              --rate N     operations per second, default 25; one operation is one to five requests
              --pairs      two instances of every service, both taking requests
              --once       each fault once, however long that takes
              --only F5,F6 only these

            Injected into the real processes (numbers as in the list of faults):
              F1      kill -9 of booking-service when the booking is committed and not answered (commits are withheld until
                      the service is dead); the same key is asked again
              F1-F4   kill -9 of a service at a random moment, in a long storm twice
              F2 F3   kill -9 of sms-service while the broker is away; again when events are published and not yet deleted
              F4      kill -9 of analytics-service when a batch is committed and its offset is not
              F5 F6   broker stopped for 5 to 9 s, in a long storm for 60 to 64 s, and a text a second must be taken; stopped by
                      SIGSTOP for 6 to 10 s, in a long storm for 14 to 18 s
              F7      two relays, the active one paused past its lock; hand-over within 5 s
              F8      a transaction that holds an early outbox row while later ones are published
              F9      a second analytics-service joins and is killed, in a long storm twice
              F10     poison on three topics
              F11     events delivered again, backwards, into the live databases; at the end all of them, from offset 0, into an
                      empty analytics database, which must come to the same figures
              F12     PostgreSQL: fast restart, immediate stop, read-only under live connections (25006); fail-over to a
                      second server that follows it, and back; the network to it dropped, slow, cut
              F13     every connection of sms-service held by a lock
              F14     1,000 hang-ups
              F15     50 people book one time, 10 confirm it, 10 cancel it, 12 rounds; 20 people move to one time, 3 rounds; in
                      a long storm 250 and 50 each time it strikes
              F16     the same webhook 20 times at once, then later
              F17 F21 forged signatures, another client's, another address's by a proxy that says so, ten minutes old; repeated
                      fields are taken; each row belongs to the client that asked, and no other sees it
              F18     the provider times out after accepting, says 500 though it accepted and because it did not, says 429,
                      is slow, says 21610; a long storm waits until what was not accepted is given up
              F19     STOP while texts to the same person go out
              F20     two booking-services ask in the same moment which reminders are due: each person gets one (the bookings are
                      made through the API, the rules that make them due are set in the database; no quiet hours)
              F22     SIGTERM of sms-, call- and booking-service under load; each service replaced by another instance
                      and back, as a rollout does: nobody meets a closed door, what has half arrived is finished
              F23     bodies too large, too deep, too many fields, malformed; twelve of which a byte arrives a second, and a
                      long storm waits until they are refused
              F24     10,000 texts to one prefix, 130 of them to one number, in a long storm; in a quick one 180, after 880 that
                      are only said to have been; what FrontdeskTextsLimited looks at counts each that is held

            Not injected here, and what there is instead:
              F10     the replay of dead letters: DeadLettersIT (analytics-service)
              F15     1,000 rounds in one: 250 per strike of a long storm. Holds and DST: RaceIT, DstIT (booking-service)
              F20     a machine whose clock is an hour wrong: SharedClockIT (common); the days clocks change: RemindersIT, DstIT
                      (booking-service), ReminderJourneyIT (sms-service)
              F21     the next client on a pooled connection: TenantIT (common)
              F24     the limits of a client and of its spending, the alert itself: LimitsIT (sms-service), RulesTest
            """;

    private Help() {}
}
