package dev.frontdesk.call;

/**
 * How a call ended, from a provider's reason.
 *
 * @param status one of ours
 * @param remark what the status alone does not say; null when there is nothing
 * @param guess the reason alone does not decide, and what would is not known yet
 * @param known whether the reason is documented
 */
public record Ending(String status, String remark, boolean guess, boolean known) {

    public static Ending completed() {
        return of("completed");
    }

    public static Ending of(String status) {
        return new Ending(status, null, false, true);
    }

    public Ending remark(String note) {
        return new Ending(status, note, guess, known);
    }

    public Ending guessed() {
        return new Ending(status, remark, true, known);
    }

    public Ending unknown() {
        return new Ending(status, remark, guess, false);
    }

    /** Tells a call's facts. */
    public void tell(CallFacts facts, String providerStatus) {
        facts.status(status, providerStatus).statusRemark(remark);
        if (guess) {
            facts.guessed();
        }
    }
}
