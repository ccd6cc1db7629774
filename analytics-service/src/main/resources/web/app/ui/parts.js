/** Small pieces that every page shows in the same way. */
import { html, nothing } from 'lit';
import { ago, exact } from '../lib/time.js';
import { initials, label, phone } from '../lib/words.js';
import { icon } from './icons.js';

const TONES = {
  completed: 'good', confirmed: 'good', delivered: 'good', paid: 'good', positive: 'good', active: 'good',
  scheduled: 'info', sent: 'info', received: 'info', 'in-progress': 'info',
  pending: 'warn', queued: 'warn', busy: 'warn', 'no-answer': 'warn', open: 'warn',
  failed: 'bad', 'no-show': 'bad', negative: 'bad', 'opted-out': 'bad',
};
const NAMES = { 'no-show': 'No-show', 'no-answer': 'No answer', 'in-progress': 'In progress' };

export const statusName = (status) => NAMES[status] ?? label(status);

/** A status as a word with a colour; the word alone says it all. */
export const badge = (status, text) =>
  status ? html`<span class="badge" data-tone=${TONES[status] ?? 'quiet'}>${text ?? statusName(status)}</span>` : nothing;

/** When something happened: relative on the page, exact for the pointer and for screen readers. */
export const when = (at) =>
  at ? html`<fd-time .at=${at}></fd-time>` : nothing;

export const avatar = (name, kind) => html`<span class="avatar" data-kind=${kind ?? ''} aria-hidden="true">${initials(name) || icon('customers', 16)}</span>`;

/** A person: the name where it is known, the number always. */
export const person = (name, number) => html`<span class="person">
  <span class="person-name">${name || phone(number)}</span>
  ${name ? html`<span class="person-phone">${phone(number)}</span>` : nothing}
</span>`;

export const empty = (name, title, text, action = nothing) => html`<div class="blank">
  <span class="blank-icon">${icon(name, 26)}</span>
  <p class="blank-title">${title}</p>
  ${text ? html`<p>${text}</p>` : nothing}
  ${action}
</div>`;

export const failure = (problem, retry) => html`<div class="blank" role="alert">
  <span class="blank-icon" data-tone="bad">${icon('deliveries', 26)}</span>
  <p class="blank-title">${problem.status === 0 ? 'No connection' : 'This could not be loaded'}</p>
  <p>${problem.message}</p>
  <button class="button" @click=${retry}>${icon('refresh', 16)} Try again</button>
</div>`;

export const skeleton = (rows = 6, kind = 'row') => html`<div class="skeletons" aria-hidden="true">
  ${Array.from({ length: rows }, () => html`<div class="skeleton" data-kind=${kind}></div>`)}
</div><span class="visually-hidden" role="status">Loading</span>`;

/** What a remote value shows as: itself, or why there is none. */
export function show(remote, view, waiting = skeleton()) {
  if (remote.value !== undefined) return view(remote.value);
  if (remote.error) return failure(remote.error, () => remote.reload());
  return waiting;
}

export const segmented = (name, options, value, choose) => html`<div class="segmented" role="group" aria-label=${name}>
  ${options.map(([id, text]) => html`<button type="button" aria-pressed=${id === value} @click=${() => choose(id)}>${text}</button>`)}
</div>`;

export const moreButton = (list) =>
  list.value?.next
    ? html`<div class="more"><button class="button" ?disabled=${list.growing} @click=${() => list.more()}>${list.growing ? 'Loading…' : 'Show more'}</button></div>`
    : nothing;

/** The words of a search inside a text, marked. */
export function marked(text, words) {
  const wanted = (words ?? '').trim();
  if (!wanted || !text) return text;
  const pieces = text.split(new RegExp(`(${wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')})`, 'gi'));
  return pieces.map((piece, index) => (index % 2 ? html`<mark>${piece}</mark>` : piece));
}

export { ago, exact };
