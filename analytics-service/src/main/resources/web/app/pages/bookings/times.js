/** Choosing a time: a day, what is free on it, and what else there is when a time is refused. */
import { html, nothing } from 'lit';
import { get } from '../../lib/api.js';
import { Remote } from '../../lib/remote.js';
import { addDays, clock, dayName, dayOf, today } from '../../lib/time.js';
import { Element } from '../../ui/element.js';
import { icon } from '../../ui/icons.js';
import { show } from '../../ui/parts.js';

const WHY = {
  closed: 'The business is closed at that time.',
  past: 'That time is past.',
  'too-soon': 'That is too short notice.',
  'beyond-horizon': 'Bookings are not taken that far ahead.',
  'nonexistent-time': 'The clocks skip that time on that day.',
};

/** Why a time was refused, and the nearest free ones to choose instead. */
export const refused = (problem, choose) => html`<div class="alert" data-tone="bad" role="alert">${icon('clock', 18)}
  <div class="stack-small"><strong>${problem.status === 409 && problem.slug?.includes('slot') ? 'Somebody else has that time.' : (WHY[problem.reason] ?? problem.message)}</strong>
    ${problem.alternatives?.length
      ? html`<span>Free instead:</span><div class="slots">${problem.alternatives.slice(0, 6).map((it) => html`<button type="button" class="slot" @click=${() => choose(it)}>
          ${dayOf(it.starts_at) === today() ? 'Today' : dayName(dayOf(it.starts_at))}, ${clock(it.starts_at)}</button>`)}</div>`
      : problem.alternatives ? html`<span>Nothing else is free in the next days.</span>` : nothing}
  </div></div>`;

/** Fires `chosen` with a slot of the API. */
class Times extends Element {
  static properties = { service: {}, day: {}, slot: {} };

  slots = new Remote(this, (signal, { service, from }) => get('/api/availability', { service_type: service, from, to: addDays(from, 6) }, { signal }).then((page) => page.items), { start: false });

  willUpdate(changed) {
    this.day ??= today();
    if (this.service && (changed.has('service') || changed.has('day'))) {
      // A week at a time: the next days are there before somebody asks for them.
      if (changed.has('service') || !this.from || this.day < this.from || this.day > addDays(this.from, 6)) this.from = this.day;
      this.slots.ask({ service: this.service, from: this.from });
    }
  }

  render() {
    const week = Array.from({ length: 7 }, (_, index) => addDays(this.from ?? today(), index));
    return html`<div class="times">
      <div class="line"><label class="field inline"><span>Day</span><input type="date" min=${today()} .value=${this.day} @change=${(event) => { if (event.target.value) { this.from = null; this.day = event.target.value; } }}></label></div>
      ${this.service ? show(this.slots, (slots) => {
        const free = (day) => slots.filter((it) => it.appointment_date === day);
        return html`<div class="day-strip" role="group" aria-label="Days">${week.map((day) => html`<button type="button" aria-pressed=${day === this.day} ?disabled=${!free(day).length} @click=${() => (this.day = day)}>
            <span>${dayName(day).split(',')[0].split(' ')[0]}</span><strong>${Number(day.slice(8))}</strong><small>${free(day).length ? `${free(day).length} free` : 'none'}</small></button>`)}</div>
          ${free(this.day).length
            ? html`<div class="slots" role="group" aria-label="Free times">${free(this.day).map((it) => html`<button type="button" class="slot" aria-pressed=${it.slot_id === this.slot} @click=${() => { this.slot = it.slot_id; this.dispatchEvent(new CustomEvent('chosen', { detail: it })); }}>${clock(it.starts_at)}</button>`)}</div>`
            : html`<p class="hint">Nothing is free on ${dayName(this.day)}: closed, fully booked, or too soon.</p>`}`;
      }, html`<p class="hint" role="status">Looking for free times…</p>`) : html`<p class="hint">Choose a service to see free times.</p>`}
    </div>`;
  }
}
customElements.define('fd-times', Times);
