package dev.frontdesk.simulate;

import java.util.List;
import java.util.Random;

/** Somebody who calls or texts. Names and numbers are made up; the numbers are set aside for fiction. */
public record Person(String name, String phone) {
    private static final List<String> FIRST = List.of(
            "Maria", "James", "Aisha", "Wei", "Olga", "Diego", "Fatima", "Noah", "Priya", "Emma", "Kofi", "Lena");
    private static final List<String> LAST = List.of(
            "Lopez", "Okafor", "Nguyen", "Schmidt", "Haddad", "Rossi", "Kim", "Patel", "Novak", "Brown", "Silva");
    private static final int[] AREAS = {
        201, 202, 203, 205, 206, 212, 213, 214, 215, 303, 305, 312, 315, 404, 408, 412, 415, 503, 510, 512, 602, 617,
        619, 646, 650, 702, 713, 716, 718, 727, 801, 808, 813, 818, 901, 904, 907, 914, 917, 919
    };

    public static Person any(Random random, String region) {
        String name = FIRST.get(random.nextInt(FIRST.size())) + " " + LAST.get(random.nextInt(LAST.size()));
        String phone = region.equals("DE")
                ? "+491573598%04d".formatted(random.nextInt(10_000))
                : "+1%d55501%02d".formatted(AREAS[random.nextInt(AREAS.length)], random.nextInt(100));
        return new Person(name, phone);
    }
}
