/** The filters above a list: each is a part of the address, so that a view can be kept, shared and gone back to. */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { go } from '../lib/route.js';
import { icon } from './icons.js';

/** Changes a part of the address; filters replace the entry, so that Back leaves the list. */
export function refine(route, changes) {
  const query = { ...route.query, ...changes };
  go(route.page, route.id, query, { replace: true });
}

let typing;

export const searchBox = (route, placeholder, name = 'q') => html`<div class="search" role="search">
  ${icon('search', 16)}
  <input type="search" aria-label=${placeholder} placeholder=${placeholder} .value=${live(route.query[name] ?? '')} maxlength="100"
    @input=${(event) => {
      clearTimeout(typing);
      const value = event.target.value.trim();
      typing = setTimeout(() => refine(route, { [name]: value }), 250);
    }}>
</div>`;

/** A choice; the first option stands for "any". */
export const choice = (route, name, label, options) => html`<select class="filter" aria-label=${label} ?data-set=${!!route.query[name]}
  .value=${live(route.query[name] ?? '')} @change=${(event) => refine(route, { [name]: event.target.value })}>
  ${options.map(([value, text]) => html`<option value=${value} ?selected=${value === (route.query[name] ?? '')}>${text}</option>`)}
</select>`;

export const dateFilter = (route, name, label) => html`<label class="filter-date" ?data-set=${!!route.query[name]}><span>${label}</span>
  <input type="date" .value=${live(route.query[name] ?? '')} @change=${(event) => refine(route, { [name]: event.target.value })}></label>`;

export const clearFilters = (route, names) =>
  names.some((name) => route.query[name])
    ? html`<button class="link" @click=${() => refine(route, Object.fromEntries(names.map((name) => [name, ''])))}>Clear</button>`
    : nothing;
