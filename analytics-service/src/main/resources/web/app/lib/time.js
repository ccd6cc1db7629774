/** Times as the client's staff say them: in the client's zone, whatever the browser's is. A day is `YYYY-MM-DD`. */
import { session } from './session.js';

const formats = new Map();
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });

function format(options, zone = session.client.time_zone) {
  const key = JSON.stringify([session.client.region, zone, options]);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(`en-${session.client.region}`, { timeZone: zone, ...options }));
  }
  return formats.get(key);
}

/** 4:05 PM */
export const clock = (at) => format({ hour: 'numeric', minute: '2-digit' }).format(new Date(at));
/** Mon 23 Nov, 4:05 PM */
export const short = (at) => `${dayName(dayOf(at))}, ${clock(at)}`;
/** Monday, November 23, 2026 at 4:05 PM EST */
export const exact = (at) =>
  `${format({ dateStyle: 'full' }).format(new Date(at))}, ${format({ hour: 'numeric', minute: '2-digit', timeZoneName: 'short' }).format(new Date(at))}`;
/** Hour of a chart or calendar: 9 AM or 09:00. */
export function hourName(hour) {
  return format({ hour: 'numeric', ...(hour % 1 ? { minute: '2-digit' } : {}) }, 'UTC').format(new Date(Date.UTC(2000, 0, 1, hour, (hour % 1) * 60)));
}
/** Mon, Nov 23 */
export const dayName = (day) => format({ weekday: 'short', day: 'numeric', month: 'short' }, 'UTC').format(noon(day));
/** Monday, November 23 */
export const longDay = (day) => format({ weekday: 'long', day: 'numeric', month: 'long' }, 'UTC').format(noon(day));
export const weekday = (day, style = 'short') => format({ weekday: style }, 'UTC').format(noon(day));
export const monthDay = (day) => format({ day: 'numeric', month: 'short' }, 'UTC').format(noon(day));
/** Nov 2026 */
export const month = (day) => format({ month: 'short', year: 'numeric' }, 'UTC').format(noon(day));
export const zoneName = () =>
  format({ timeZoneName: 'shortGeneric' }).formatToParts(new Date()).find((it) => it.type === 'timeZoneName')?.value ?? '';

/** The local day of a moment. */
export function dayOf(at) {
  const { year, month: mm, day } = parts(at);
  return `${year}-${mm}-${day}`;
}

/** Minutes since local midnight. */
export function minuteOf(at) {
  const { hour, minute } = parts(at);
  return Number(hour) * 60 + Number(minute);
}

export const today = () => dayOf(Date.now());

export function addDays(day, days) {
  const date = noon(day);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export const daysBetween = (from, to) => Math.round((noon(to) - noon(from)) / 86_400_000);

/** The first day of the week a day is in: Sunday in the Americas, Monday elsewhere. */
export function weekStart(day) {
  const first = ['US', 'CA', 'MX', 'BR'].includes(session.client.region) ? 0 : 1;
  return addDays(day, -((noon(day).getUTCDay() - first + 7) % 7));
}

/** 16:05 of a moment, as forms and APIs write it. */
export function hhmm(at) {
  const { hour, minute } = parts(at);
  return `${hour}:${minute}`;
}

/** "now", "5 min. ago", "in 2 hr.", "yesterday", else the date. */
export function ago(at, now = Date.now()) {
  const seconds = Math.round((new Date(at) - now) / 1000);
  const size = Math.abs(seconds);
  if (size < 45) return seconds > 5 ? 'in a moment' : 'just now';
  if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute');
  const days = daysBetween(dayOf(now), dayOf(at));
  if (size < 12 * 3600 || days === 0) return relative.format(Math.round(seconds / 3600), 'hour');
  if (Math.abs(days) === 1) return `${days < 0 ? 'Yesterday' : 'Tomorrow'}, ${clock(at)}`;
  if (Math.abs(days) < 7) return `${weekday(dayOf(at))}, ${clock(at)}`;
  return dayOf(at).slice(0, 4) === dayOf(now).slice(0, 4)
    ? monthDay(dayOf(at))
    : format({ day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at));
}

/** 3:25 or 1:02:09 */
export function length(seconds) {
  const whole = Math.max(0, Math.round(seconds ?? 0));
  const rest = `${String(Math.floor(whole / 60) % 60).padStart(whole >= 3600 ? 2 : 1, '0')}:${String(whole % 60).padStart(2, '0')}`;
  return whole >= 3600 ? `${Math.floor(whole / 3600)}:${rest}` : rest;
}

const noon = (day) => new Date(`${day}T12:00:00Z`);

function parts(at) {
  const found = {};
  const reader = formats.get(`parts ${session.client.time_zone}`) ?? new Intl.DateTimeFormat('en-US', {
    timeZone: session.client.time_zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formats.set(`parts ${session.client.time_zone}`, reader);
  for (const { type, value } of reader.formatToParts(new Date(at))) found[type] = value;
  return found;
}

/** The moment at so many minutes after a day's local midnight, as an ISO string. */
export function at(day, minute) {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minute * 60_000;
  let moment = wanted;
  // The offset depends on the moment; the second look settles it around a change of clocks.
  for (let look = 0; look < 2; look++) {
    moment -= Date.parse(`${dayOf(moment)}T${hhmm(moment)}:00Z`) - wanted;
  }
  return new Date(moment).toISOString();
}
