package dev.frontdesk.local;

import static dev.frontdesk.local.Service.ANALYTICS;
import static dev.frontdesk.local.Service.BOOKING;
import static dev.frontdesk.local.Service.CALL;
import static dev.frontdesk.local.Service.CUSTOMER;
import static dev.frontdesk.local.Service.SMS;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which service serves which public path. */
public final class Routes {
    private static final String SHARED_STATUS = "/api/webhooks/twilio/status";
    private static final Pattern OF_A_TEXT = Pattern.compile("(^|&)(MessageSid|SmsSid)=");

    /** Each matches the path itself and everything below it; the first that matches serves. */
    private static final Map<Pattern, Service> ROUTES = new LinkedHashMap<>();

    static {
        route(CALL, "/webhooks/twilio/[^/]+/voice");
        route(SMS, "/webhooks/twilio/[^/]+/sms");
        route(CALL, "/webhooks/(vapi|retell)");
        route(CALL, "/api/webhooks/vapi");
        route(SMS, "/api/webhooks/twilio/sms");
        route(BOOKING, "/api/(bookings|availability|services|resources|opening-hours)");
        route(BOOKING, "/calendars");
        route(CALL, "/api/calls");
        route(SMS, "/api/sms/(messages|conversations|opt-outs|templates)");
        route(CUSTOMER, "/api/(customers|faqs|system-prompts)");
        route(ANALYTICS, "/api/analytics");
        // The dashboard and its files.
        route(ANALYTICS, "/(static|favicon\\.ico|favicon\\.svg)");
        ROUTES.put(Pattern.compile("/"), ANALYTICS);
    }

    private Routes() {}

    private static void route(Service service, String path) {
        ROUTES.put(Pattern.compile(path + "(/.*)?"), service);
    }

    public static Optional<Service> of(String path) {
        return ROUTES.entrySet().stream()
                .filter(route -> route.getKey().matcher(path).matches())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The one path that two services share: the status of a text and of a call, told apart by the form. */
    static boolean isSharedStatus(String path) {
        return SHARED_STATUS.equals(path);
    }

    static Service ofStatus(String form) {
        return OF_A_TEXT.matcher(form).find() ? SMS : CALL;
    }
}
