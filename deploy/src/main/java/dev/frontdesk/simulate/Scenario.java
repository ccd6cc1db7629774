package dev.frontdesk.simulate;

/** Something that providers and people do. Says whether Frontdesk shows what was done. */
interface Scenario {
    boolean play(Stage stage, Options options);
}
