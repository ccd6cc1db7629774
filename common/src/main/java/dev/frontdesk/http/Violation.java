package dev.frontdesk.http;

/** One field that breaks a rule: its path in the request's JSON, snake_case ({@code items[0].price}), and what is wrong. */
public record Violation(String field, String message) {}
