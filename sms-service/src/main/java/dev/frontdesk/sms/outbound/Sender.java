package dev.frontdesk.sms.outbound;

import jakarta.enterprise.context.ApplicationScoped;

/** Hands queued texts over to the provider. */
@ApplicationScoped
public class Sender {

    /** A text was queued by a transaction that is about to commit. */
    public void wakeSoon() {}
}
