package dev.frontdesk.simulate;

import dev.frontdesk.local.Refusal;
import dev.frontdesk.local.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** {@code deploy/simulate}: plays a scenario against the running platform and says what came of it. */
public final class Simulate {
    private static final String HELP = """
            deploy/simulate <scenario> [--client default] [--seed 1]

              call          an inbound call (Twilio, then Vapi) in which an appointment is made
              sms           a conversation by text
              sms reschedule  an appointment moved and confirmed by text
              sms stop      staff text many people, some of whom say STOP meanwhile
              sms failures  texts that are refused, undeliverable, put off, or whose answer gets lost
              sms flood     too many texts from one number, to one number and to its neighbours
              day           a mixed day: calls, texts and bookings, with duplicates and disorder
                            [--calls 40] [--texts 24] [--bookings 12]
              duplicates    calls of every kind and a text, each webhook twenty times at once
              out-of-order  calls of every kind, reported from their end to their beginning
              load          texts and ended calls, --rate 50 per second for --seconds 10

            Everything is signed and in the providers' real wire format. Afterwards what was sent is compared with what
            the API and the provider show; the exit code is 0 only if they agree. The seed decides what happens; ids are new each time.
            The ports are those of deploy/up and change with the same variables.""";

    private static final Map<String, Scenario> SCENARIOS = Map.of(
            "call", new OneCall(),
            "sms", new Conversation(),
            "sms reschedule", new RescheduleByText(),
            "sms stop", new StopMidBatch(),
            "sms failures", new TextFailures(),
            "sms flood", new TextFlood(),
            "day", new Day(),
            "duplicates", new Duplicates(),
            "out-of-order", new OutOfOrder(),
            "load", new Load());

    private Simulate() {}

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.SEVERE);
        List<String> given = Arrays.asList(arguments);
        if (given.isEmpty() || given.contains("--help") || given.contains("-h")) {
            System.out.println(HELP);
            System.exit(given.isEmpty() ? 2 : 0);
        }
        try {
            System.exit(play(Settings.of(System.getenv()), arguments) ? 0 : 1);
        } catch (Refusal refusal) {
            System.err.println(refusal.getMessage());
            System.exit(1);
        }
    }

    /** Plays one scenario; true when every webhook was taken and everything shown agrees with what was sent. */
    public static boolean play(Settings settings, String... arguments) {
        List<String> name = Stream.of(arguments)
                .takeWhile(argument -> !argument.startsWith("--"))
                .toList();
        Scenario scenario = SCENARIOS.get(String.join(" ", name));
        if (scenario == null) {
            throw new Refusal(
                    "There is no scenario %s. deploy/simulate --help lists them.".formatted(String.join(" ", name)));
        }
        Options options = Options.of(Arrays.copyOfRange(arguments, name.size(), arguments.length));
        try (Stage stage = new Stage(settings, options.client(), options.seed(), 8)) {
            boolean agrees = scenario.play(stage, options);
            stage.traffic.refused().forEach((what, times) -> System.out.printf("Refused %d times: %s%n", times, what));
            return agrees && stage.traffic.refused().isEmpty();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw e;
        }
    }
}
