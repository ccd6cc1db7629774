/** What call-service and sms-service ask booking-service while a customer waits: the one synchronous call between services. */
package dev.frontdesk.bookings;
