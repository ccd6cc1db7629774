/** Names for numbers, so that a list of texts shows people: the newest customers at once, others as they are met. */
import { all, get } from './api.js';
import { onClient } from './session.js';

const names = new Map();
let first;

onClient(() => {
  names.clear();
  first = null;
});

/** Resolves when the known names are in. */
export function people() {
  first ??= all('/api/customers', {}, { most: 400 }).then((items) => items.forEach((it) => names.set(it.phone, it)), () => {});
  return first;
}

/** The customer with this number, if one is known by now. */
export const known = (phone) => names.get(phone) ?? null;

/** The customer with this number, asked for if need be; null if there is none. */
export async function whoHas(phone, signal) {
  if (!names.has(phone)) {
    const { items } = await get('/api/customers', { phone, limit: 1 }, { signal });
    names.set(phone, items[0] ?? null);
  }
  return names.get(phone);
}

export const learn = (customer) => names.set(customer.phone, customer);
