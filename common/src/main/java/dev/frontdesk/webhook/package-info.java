/** What a provider sent, byte for byte, and whether it was really the provider. */
package dev.frontdesk.webhook;
