/** What waits for a person, counted for the badges in the menu; asked again when something changes. */
import { get } from './api.js';
import { onChange } from './live.js';
import { onClient } from './session.js';
import { addDays, today } from './time.js';

const listeners = new Set();
let last = null;
let running = false;

/** Calls back with counts per page and with what they are made of, now and after every change. */
export function attention(tell) {
  listeners.add(tell);
  if (last) tell(last);
  if (listeners.size === 1) {
    count();
    onChange(count);
    onClient(() => {
      last = null;
      listeners.forEach((it) => it({}));
      count();
    });
  }
  return () => listeners.delete(tell);
}

/** Counts anew at once, after a person did something. */
export async function count() {
  if (running) return;
  running = true;
  const [unread, pending, failed, stuck] = await Promise.all([
    items('/api/sms/conversations', { unread: true, limit: 100 }),
    items('/api/bookings', { status: 'pending', from: today(), limit: 100 }),
    items('/api/sms/messages', { status: 'failed', from: addDays(today(), -1), limit: 100 }),
    items('/api/calls', { status: 'in-progress', to: new Date(Date.now() - 30 * 60_000).toISOString(), limit: 100 }),
  ]);
  running = false;
  last = {
    unread,
    pending,
    failed,
    stuck,
    texts: number(unread),
    textsWhy: 'unread conversations',
    bookings: number(pending),
    bookingsWhy: 'bookings to confirm',
    deliveries: number([...failed, ...stuck]),
    deliveriesWhy: 'failed texts and stuck calls',
  };
  listeners.forEach((tell) => tell(last));
}

/** A part that cannot be counted just now counts as nothing; its own page says why. */
const items = (path, query) => get(path, query).then((page) => page.items, () => []);
const number = (list) => (list.length >= 100 ? '99+' : list.length || '');
