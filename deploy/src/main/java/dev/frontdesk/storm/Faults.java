package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Everything that can go wrong here on purpose. */
final class Faults {
    private Faults() {}

    static List<Fault> all(Plan plan) {
        boolean isLong = plan.isLong();
        int times = isLong ? 2 : 1;
        List<Fault> all = new ArrayList<>(List.of(
                new AnswerLost(),
                new OffsetLost(times),
                new BrokerAway(isLong ? 60 : 5),
                new BrokerHangs(isLong ? 14 : 6),
                new TwoRelays(),
                new LateCommit(),
                new ComingAndGoing(Service.ANALYTICS, times),
                new Poison(),
                new Replayed(),
                new PrimaryGone(PrimaryGone.Way.FAST),
                new PrimaryGone(PrimaryGone.Way.IMMEDIATE),
                new PrimaryGone(PrimaryGone.Way.DEMOTED),
                new FailedOver(),
                new NetworkBroken(),
                new PoolExhausted(),
                new HangUps(),
                new SlotRace(isLong ? 250 : 12),
                new TwoSchedulers(),
                new MusicalChairs(isLong ? 50 : 3),
                new Twenty(),
                new Forged(),
                new FickleProvider(isLong),
                new StopDuringBatch(),
                new BadBodies(isLong),
                new Pumping(isLong ? 10_000 : 180, isLong ? 0 : 880)));
        for (Service service : Service.values()) {
            all.add(new Killed(service, times));
            all.add(new RolledOut(service));
        }
        all.add(new Terminated(Service.SMS));
        all.add(new Terminated(Service.CALL));
        all.add(new Terminated(Service.BOOKING));
        all.removeIf(fault -> !plan.only().isEmpty()
                && Arrays.stream(fault.numbers().split("[ -]")).noneMatch(plan.only()::contains));
        return all;
    }

    /** In an order of chance, but the second of a kind, such as the same to another service, comes after one of every kind. */
    static List<Fault> round(List<Fault> faults, Random random) {
        List<Fault> shuffled = new ArrayList<>(faults);
        Collections.shuffle(shuffled, random);
        Map<Class<?>, Integer> seen = new HashMap<>();
        Map<Integer, List<Fault>> byTurn = new TreeMap<>();
        for (Fault fault : shuffled) {
            int turn = seen.merge(fault.getClass(), 1, Integer::sum);
            byTurn.computeIfAbsent(turn, none -> new ArrayList<>()).add(fault);
        }
        return byTurn.values().stream().flatMap(List::stream).toList();
    }

    /** How many there are of which one does not only differ from another by its service or its way. */
    static int kinds(List<Fault> faults) {
        return (int) faults.stream().map(Fault::getClass).distinct().count();
    }
}
