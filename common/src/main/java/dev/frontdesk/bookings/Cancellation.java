package dev.frontdesk.bookings;

/** Why a booking is given up, and by whom ({@code customer} or {@code staff}). */
public record Cancellation(String reason, String by) {

    public static Cancellation byCustomer(String reason) {
        return new Cancellation(reason, "customer");
    }
}
