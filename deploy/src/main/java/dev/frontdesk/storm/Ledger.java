package dev.frontdesk.storm;

import dev.frontdesk.storm.Entry.Answer;
import dev.frontdesk.storm.Entry.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Everything that was asked for and what was answered, kept apart from Frontdesk, in memory and line by line in a file. */
final class Ledger implements AutoCloseable {
    private final Instant opened = Instant.now();
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Writer file;

    Ledger(Path path) {
        try {
            Files.createDirectories(path.getParent());
            file = Files.newBufferedWriter(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Instant opened() {
        return opened;
    }

    Entry ask(Kind kind, String id, String client, String phone, String other) {
        Entry entry = Entry.asked(kind, id, client, phone, other);
        entries.put(id, entry);
        return entry;
    }

    void settle(Entry entry, Answer answer, String told) {
        Entry settled = entry.answered(answer, told);
        entries.put(entry.id(), settled);
        synchronized (file) {
            try {
                file.write("%s %-10s %-8s %s client=%s phone=%s other=%s told=%s asked=%s%n"
                        .formatted(
                                settled.answered(),
                                settled.kind(),
                                settled.answer(),
                                settled.id(),
                                settled.client(),
                                settled.phone(),
                                settled.other(),
                                settled.told(),
                                settled.asked()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    List<Entry> all(Kind kind) {
        return entries.values().stream().filter(entry -> entry.kind() == kind).toList();
    }

    List<Entry> all(Kind kind, Answer answer) {
        return all(kind).stream().filter(entry -> entry.is(answer)).toList();
    }

    Entry of(String id) {
        return entries.get(id);
    }

    long count(Answer answer) {
        return entries.values().stream().filter(entry -> entry.is(answer)).count();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
