/** The HTTP edge of every service: problems, lists, entity tags, merge patches, JSON and CSV, one way each. */
package dev.frontdesk.http;
