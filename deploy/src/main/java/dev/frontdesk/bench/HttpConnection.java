package dev.frontdesk.bench;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** A kept HTTP/1.1 connection that costs next to nothing: the load generator shares the cores with what it measures. */
final class HttpConnection implements AutoCloseable {

    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
    private static final byte[] END_OF_CHUNKS = {'\r', '\n', '0', '\r', '\n', '\r', '\n'};

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[1 << 14];
    private int filled;
    private int bodyFrom;
    private boolean chunked;

    HttpConnection(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(60_000);
            in = socket.getInputStream();
            out = socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request, reads its answer to the end and answers the status. */
    int exchange(byte[] request) throws IOException {
        out.write(request);
        filled = 0;
        int headEnd = -1;
        while (headEnd < 0) {
            read();
            headEnd = indexOf(END_OF_HEAD, filled);
        }
        bodyFrom = headEnd + END_OF_HEAD.length;
        String head = new String(buffer, 0, headEnd, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int length = head.indexOf("\r\ncontent-length:");
        chunked = length < 0 && head.contains("\r\ntransfer-encoding: chunked");
        if (length >= 0) {
            int end = head.indexOf('\r', length + 2);
            int body = Integer.parseInt(
                    head.substring(length + 17, end < 0 ? head.length() : end).trim());
            while (filled < bodyFrom + body) {
                read();
            }
        } else if (chunked) {
            while (!Arrays.equals(
                    buffer,
                    Math.max(0, filled - END_OF_CHUNKS.length),
                    filled,
                    END_OF_CHUNKS,
                    0,
                    END_OF_CHUNKS.length)) {
                read();
            }
        }
        return Integer.parseInt(head.substring(9, 12));
    }

    /** The body of the last answer. */
    String body() {
        if (!chunked) {
            return new String(buffer, bodyFrom, filled - bodyFrom, StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int at = bodyFrom; at < filled; ) {
            int line = at;
            while (buffer[line] != '\r') {
                line++;
            }
            int size = Integer.parseInt(new String(buffer, at, line - at, StandardCharsets.US_ASCII), 16);
            body.write(buffer, line + 2, size);
            at = size == 0 ? filled : line + 2 + size + 2;
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    /** The body of the last answer as it came, chunks and all. */
    byte[] rawBody() {
        return Arrays.copyOfRange(buffer, bodyFrom, filled);
    }

    /** Whether the body of the last answer came as this one, to the byte. */
    boolean hasRawBody(byte[] body) {
        return Arrays.equals(buffer, bodyFrom, filled, body, 0, body.length);
    }

    private void read() throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int count = in.read(buffer, filled, buffer.length - filled);
        if (count < 0) {
            throw new EOFException("The service closed the connection");
        }
        filled += count;
    }

    private int indexOf(byte[] wanted, int end) {
        for (int i = 0; i + wanted.length <= end; i++) {
            if (Arrays.equals(buffer, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
