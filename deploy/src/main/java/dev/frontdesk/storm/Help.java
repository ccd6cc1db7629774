package dev.frontdesk.storm;

/** What {@code deploy/storm --help} says. */
final class Help {
    static final String TEXT = """
            deploy/storm [--quick] [--minutes N] [--seed N] [--rate N] [--pairs] [--only F5,F12]
            """;

    private Help() {}
}
