package dev.frontdesk.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All texts the simulated carrier has seen, and what each number does. In memory: gone with the platform. */
final class Texts {
    private final Map<String, SentText> bySid = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();

    void add(SentText text) {
        bySid.put(text.sid, text);
    }

    Optional<SentText> find(String sid) {
        return Optional.ofNullable(bySid.get(sid));
    }

    /** Newest first, as Twilio lists; null filters let everything through. */
    List<SentText> list(String account, String to, Instant sentFrom) {
        List<SentText> newestFirst;
        synchronized (bySid) {
            newestFirst = new ArrayList<>(bySid.values());
        }
        Collections.reverse(newestFirst);
        return newestFirst.stream()
                .filter(text -> account == null || text.account.equals(account))
                .filter(text -> to == null || text.to.equals(to))
                .filter(text -> sentFrom == null || !text.created().isBefore(sentFrom))
                .toList();
    }

    void behave(String number, Behaviour behaviour) {
        behaviours.put(number, behaviour);
    }

    Behaviour behaviour(String number) {
        return behaviours.getOrDefault(number, Behaviour.ORDINARY);
    }
}
