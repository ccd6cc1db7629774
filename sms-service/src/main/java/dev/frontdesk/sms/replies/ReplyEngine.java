package dev.frontdesk.sms.replies;

import io.smallrye.mutiny.Uni;

/**
 * Decides what to do about a text. {@link FixedReplies} is the one that ships; an engine that talks to a language model, with the
 * active prompt for texts and the tools of the call, is another bean of this type, chosen by configuration.
 *
 * <p>A failure means "ask again later"; whatever an engine changes elsewhere it must change under a key of the text's id.
 */
interface ReplyEngine {

    Uni<Reply> answer(Situation text);
}
