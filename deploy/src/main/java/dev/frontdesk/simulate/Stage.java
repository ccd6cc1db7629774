package dev.frontdesk.simulate;

import dev.frontdesk.local.Accounts;
import dev.frontdesk.local.Accounts.Account;
import dev.frontdesk.local.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Everything a scenario plays with: one client's providers on this side, its office on the other. */
final class Stage implements AutoCloseable {
    final Random random;
    final Account account;
    final Twilio twilio;
    final Vapi vapi;
    final Retell retell;
    final Office office;
    final Carrier carrier;
    final Traffic traffic;
    private final Set<String> phones = new HashSet<>();

    Stage(Settings settings, String clientId, long seed, int atATime) {
        random = new Random(seed);
        account = Accounts.in(settings.clients()).of(clientId);
        twilio = new Twilio(settings.gatewayUrl(), account);
        vapi = new Vapi(account);
        retell = new Retell(account);
        office = new Office(settings.gatewayUrl(), clientId);
        carrier = new Carrier(settings.simulatorUrl(), account);
        traffic = new Traffic(settings.gatewayUrl(), atATime);
    }

    /** Somebody whose number nobody else on this stage has. */
    Person person() {
        Person person = anybody();
        while (!phones.add(person.phone())) {
            person = anybody();
        }
        return person;
    }

    /** Somebody who may have been here before. */
    Person anybody() {
        return Person.any(random, account.region());
    }

    Books books() {
        return new Books(office, carrier);
    }

    /** Everything the providers report about a call, in the order in which it happened; without tools. */
    List<Delivery> deliveries(PhoneCall call) {
        List<Delivery> deliveries = new ArrayList<>();
        switch (call.kind()) {
            case ANSWERED, BOOKED -> {
                deliveries.add(twilio.incomingCall(call));
                deliveries.add(vapi.inProgress(call));
                deliveries.add(vapi.ended(call));
                deliveries.add(vapi.report(call));
                deliveries.add(twilio.inboundEnd(call));
            }
            case RETELL -> {
                deliveries.add(twilio.incomingCall(call));
                deliveries.addAll(retell.events(call));
                deliveries.add(twilio.inboundEnd(call));
            }
            case PLAIN, FAILED -> deliveries.addAll(twilio.outboundStatuses(call));
            case BUSY, NO_ANSWER -> {
                deliveries.addAll(twilio.outboundStatuses(call));
                deliveries.add(vapi.report(call));
            }
        }
        return deliveries;
    }

    @Override
    public void close() {
        traffic.close();
    }
}
