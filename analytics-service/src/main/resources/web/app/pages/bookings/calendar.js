/** Where the appointments of a day lie: minutes from the top, side by side where they overlap. */
import { dayOf, minuteOf, weekday } from '../../lib/time.js';

export const OPEN = ['pending', 'confirmed', 'scheduled'];

/** First and last hour worth drawing: the opening hours, and whatever is booked outside them. */
export function hoursOf(week, bookings) {
  let first = 24;
  let last = 0;
  for (const { opens, closes } of week) {
    first = Math.min(first, Number(opens.slice(0, 2)));
    const end = Number(closes.slice(0, 2)) + (closes.endsWith('00') ? 0 : 1);
    last = Math.max(last, closes <= opens ? 24 : end);
  }
  for (const it of bookings) {
    const start = minuteOf(it.scheduled_at);
    first = Math.min(first, Math.floor(start / 60));
    last = Math.max(last, Math.min(24, Math.ceil((start + (it.duration_minutes ?? 30)) / 60)));
  }
  return first < last ? [first, last] : [8, 18];
}

/** The hours in which a day is open, in minutes. */
export function openIn(week, day) {
  const name = weekday(day, 'long').toLowerCase();
  return week.filter((it) => it.weekday === name).map(({ opens, closes }) => {
    const [start, end] = [opens, closes].map((it) => Number(it.slice(0, 2)) * 60 + Number(it.slice(3)));
    return [start, end <= start ? 1440 : end];
  });
}

/** Gives each booking of one column its lane, so that none covers another. */
export function lanes(bookings) {
  const placed = [];
  let cluster = [];
  let until = -1;
  const close = () => {
    const wide = Math.max(0, ...cluster.map((it) => it.lane)) + 1;
    cluster.forEach((it) => (it.lanes = wide));
    cluster = [];
  };
  for (const booking of bookings.toSorted((a, b) => a.scheduled_at.localeCompare(b.scheduled_at))) {
    const start = minuteOf(booking.scheduled_at);
    const end = start + (booking.duration_minutes ?? 30);
    if (start >= until) close();
    const taken = cluster.filter((it) => it.end > start).map((it) => it.lane);
    let lane = 0;
    while (taken.includes(lane)) lane++;
    const item = { booking, start, end, lane };
    cluster.push(item);
    placed.push(item);
    until = Math.max(until, end);
  }
  close();
  return placed;
}

export function byDay(bookings) {
  const days = new Map();
  for (const it of bookings) {
    const day = dayOf(it.scheduled_at);
    days.set(day, [...(days.get(day) ?? []), it]);
  }
  return days;
}
