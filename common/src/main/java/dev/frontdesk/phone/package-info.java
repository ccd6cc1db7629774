/** Telephone numbers: E.164 inside, any spelling at the edge. */
package dev.frontdesk.phone;
