package dev.frontdesk.sms;

/**
 * How a text is cut on the air: GSM-7 has room for 160 characters, or 153 in each of several parts; UCS-2 for 70, or 67. One
 * character outside GSM-7 turns the whole text into UCS-2; a two-unit character is never split over parts.
 *
 * @param encoding {@code GSM-7} or {@code UCS-2}
 * @param units septets, or UTF-16 units
 */
public record Segments(String encoding, int units, int count) {

    private static final String GSM = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    /** Sent as an escape and one more septet. */
    private static final String GSM_ESCAPED = "\f^{}\\[~]|€";

    /** Of a text as it is; an empty text is one part. */
    public static Segments of(String text) {
        boolean gsm = text.chars().allMatch(c -> GSM.indexOf(c) >= 0 || GSM_ESCAPED.indexOf(c) >= 0);
        return gsm ? count("GSM-7", text, 160, 153) : count("UCS-2", text, 70, 67);
    }

    private static Segments count(String encoding, String text, int alone, int part) {
        int units = 0;
        int parts = 1;
        int filled = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int width =
                    encoding.equals("GSM-7") ? (GSM_ESCAPED.indexOf(point) >= 0 ? 2 : 1) : Character.charCount(point);
            units += width;
            if (filled + width > part) {
                parts++;
                filled = 0;
            }
            filled += width;
            i += Character.charCount(point);
        }
        return new Segments(encoding, units, units <= alone ? 1 : parts);
    }
}
