package dev.frontdesk.simulate;

import java.util.Map;

/** One webhook as a provider sends it, ready to be sent, and sent again. */
public record Delivery(String what, String path, String body, Map<String, String> headers) {}
