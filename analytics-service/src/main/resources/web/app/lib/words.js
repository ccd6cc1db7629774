/** Money, counts, phones and names, written for people. */
import { session } from './session.js';

const CODES = /^\+(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})(\d+)$/;

/** $15.00; fractions of a cent are kept where they are all there is. */
export function money(amount, currency = session.client.currency) {
  if (amount === null || amount === undefined) return '–';
  const value = Number(amount);
  const tiny = value !== 0 && Math.abs(value) < 0.1;
  return new Intl.NumberFormat(`en-${session.client.region}`, {
    style: 'currency',
    currency,
    ...(tiny ? { minimumFractionDigits: 2, maximumFractionDigits: 4 } : {}),
  }).format(value);
}

export const count = (number) => new Intl.NumberFormat(`en-${session.client.region}`).format(number ?? 0);

export const percent = (number, digits = 0) =>
  number === null || number === undefined ? '–' : `${Number(number).toFixed(digits)}%`;

export const plural = (number, one, many = `${one}s`) => `${count(number)} ${Number(number) === 1 ? one : many}`;

/** (212) 555-0134 at home, +49 1573 598 0001 abroad; whatever is no number stays as it is. */
export function phone(number) {
  const match = CODES.exec(number ?? '');
  if (!match) return number === 'anonymous' ? 'No caller ID' : (number ?? '');
  const [, code, rest] = match;
  if (code === '1' && rest.length === 10) {
    const home = `(${rest.slice(0, 3)}) ${rest.slice(3, 6)}-${rest.slice(6)}`;
    return ['US', 'CA'].includes(session.client.region) ? home : `+1 ${home}`;
  }
  const head = rest.slice(0, rest.length > 9 ? 4 : 3);
  const groups = rest.slice(head.length).match(/.{1,3}(?!.$)|.{1,4}/g) ?? [];
  return [`+${code}`, head, ...groups].join(' ');
}

/** AB for Ada Byron. */
export function initials(name) {
  const words = (name ?? '').trim().split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  return words.length ? (words[0][0] + (words.length > 1 ? words.at(-1)[0] : '')).toUpperCase() : '';
}

/** no-show → No-show; client_admin → Client admin. */
export function label(word) {
  const text = String(word ?? '').replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
