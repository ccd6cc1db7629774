package dev.frontdesk.call.tools;

/** What the model may say next: one line, whether it went well or not. */
public record ToolResult(ToolCall call, boolean ok, String sentence) {

    public ToolResult {
        sentence = sentence.replaceAll("\\s+", " ").trim();
    }
}
