package dev.frontdesk.simulate;

import java.util.List;

/** Somebody texts a few questions; what is answered is shown as they see it on their phone. */
final class Conversation implements Scenario {
    private static final List<String> TEXTS =
            List.of("Hi, what are your opening hours?", "How much is it?", "ok thanks, can someone call me?");

    @Override
    public boolean play(Stage stage, Options options) {
        Person person = stage.person();
        Books books = stage.books();
        books.open(List.of(person));
        Texter texter = new Texter(stage, person);
        for (String body : TEXTS) {
            books.addText(person);
            texter.write(body);
            texter.read();
        }
        return books.balance();
    }
}
