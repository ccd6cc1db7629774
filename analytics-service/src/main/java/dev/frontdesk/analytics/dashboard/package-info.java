/** The page that staff look at. Its sources are under {@code src/main/resources/web}. */
package dev.frontdesk.analytics.dashboard;
