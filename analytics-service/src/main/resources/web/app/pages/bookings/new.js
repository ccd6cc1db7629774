/** A new booking: who, what, when. The price is the catalogue's. */
import { html, nothing } from 'lit';
import { get, intention, post } from '../../lib/api.js';
import { count as recount } from '../../lib/attention.js';
import { learn, whoHas } from '../../lib/people.js';
import { Remote } from '../../lib/remote.js';
import { go } from '../../lib/route.js';
import { clock, dayName, dayOf, short } from '../../lib/time.js';
import { money } from '../../lib/words.js';
import { Element } from '../../ui/element.js';
import { icon } from '../../ui/icons.js';
import { dialog, notice } from '../../ui/overlay.js';
import { refused } from './times.js';

class NewBooking extends Element {
  static properties = { route: { attribute: false }, problem: { state: true }, busy: { state: true }, service: { state: true }, units: { state: true }, time: { state: true }, who: { state: true } };

  services = new Remote(this, (signal) => get('/api/services', { active: true }, { signal }).then((page) => page.items));

  constructor() {
    super();
    this.units = 1;
    this.key = intention();
  }

  connectedCallback() {
    super.connectedCallback();
    const { phone } = this.route.query;
    if (phone) this.find(phone);
  }

  async find(number) {
    if ((number ?? '').replace(/\D/g, '').length < 7) return;
    this.who = await whoHas(number.trim()).catch(() => null);
    const form = this.querySelector('form')?.elements;
    if (!this.who || !form) return;
    if (!form.name.value) form.name.value = this.who.name ?? '';
    if (!form.address.value) form.address.value = this.who.address ?? '';
    if (!form.email.value) form.email.value = this.who.email ?? '';
  }

  get chosen() {
    return this.services.value?.find((it) => it.code === this.service);
  }

  render() {
    const { problem, chosen } = this;
    const { phone = '', name = '', at } = this.route.query;
    this.service ??= this.services.value?.[0]?.code;
    const close = () => go('bookings', null, { ...this.route.query, phone: '', name: '', at: '' });
    const error = (field) => (problem?.about(field) ? html`<span class="field-error">${problem.about(field)}</span>` : nothing);
    const invalid = (field) => (problem?.about(field) ? 'true' : 'false');
    const priced = chosen && Number(chosen.price_per_unit) > 0;
    const price = chosen ? Number(chosen.base_price) + (priced ? Number(chosen.price_per_unit) * this.units : 0) : null;
    return html`<form novalidate @submit=${(event) => this.submit(event)} @input=${() => (this.key = intention())}>${dialog({
      title: 'New booking',
      wide: true,
      close,
      body: html`
        <div class="grid-2">
          <label class="field"><span>Phone</span><input name="phone" type="tel" autofocus autocomplete="off" .value=${phone} aria-invalid=${invalid('customer_phone')} @change=${(event) => this.find(event.target.value)}>${error('customer_phone')}
            ${this.who ? html`<span class="hint">${icon('check', 13)} Known: ${this.who.name || 'no name yet'}, ${this.who.total_bookings} bookings</span>` : nothing}</label>
          <label class="field"><span>Name</span><input name="name" autocomplete="off" .value=${name} aria-invalid=${invalid('customer_name')}>${error('customer_name')}</label>
        </div>
        <fieldset class="field plain"><legend>Service</legend>
          <div class="services">${(this.services.value ?? []).map((it) => html`<label class="service" ?data-chosen=${it.code === this.service}>
            <input type="radio" name="service" value=${it.code} .checked=${it.code === this.service} @change=${() => { this.service = it.code; this.time = null; }}>
            <span><strong>${it.name}</strong><small>${it.duration_minutes} min · ${money(it.base_price, it.currency)}${Number(it.price_per_unit) ? ` + ${money(it.price_per_unit, it.currency)} per load` : ''}</small></span></label>`)}</div>
          ${this.services.error ? html`<span class="field-error">${this.services.error.message}</span>` : nothing}${error('service_type')}</fieldset>
        ${problem?.alternatives ? refused(problem, (slot) => { this.time = slot; this.problem = null; this.submit(); }) : nothing}
        ${at && !this.time && !problem
          ? html`<div class="alert" data-tone="info">${icon('clock', 18)}<span><strong>${short(at)}</strong>, as chosen in the calendar. <button type="button" class="link" @click=${() => go('bookings', 'new', { ...this.route.query, at: '' }, { replace: true })}>Choose another time</button></span></div>`
          : html`<div class="field plain"><span class="label">When ${this.time ? html`<strong class="chosen-time">${dayName(dayOf(this.time.starts_at))}, ${clock(this.time.starts_at)}</strong>` : nothing}</span>
            <fd-times .service=${this.service} .day=${at ? dayOf(at) : undefined} .slot=${this.time?.slot_id} @chosen=${(event) => { this.time = event.detail; this.problem = null; this.key = intention(); }}></fd-times></div>`}
        <div class="grid-2">
          ${priced ? html`<label class="field"><span>Loads</span><input name="units" type="number" min="1" max=${chosen.max_units ?? 99} .value=${String(this.units)} aria-invalid=${invalid('number_of_loads')} @input=${(event) => (this.units = Math.max(1, Number(event.target.value) || 1))}>${error('number_of_loads')}</label>` : nothing}
          <label class="field"><span>E-mail <span class="optional">optional</span></span><input name="email" type="email" autocomplete="off" aria-invalid=${invalid('customer_email')}>${error('customer_email')}</label>
        </div>
        <label class="field"><span>Address <span class="optional">optional</span></span><input name="address" autocomplete="off">${error('pickup_address')}</label>
        <label class="field"><span>Notes <span class="optional">optional</span></span><textarea name="notes" rows="2" maxlength="5000"></textarea></label>
        ${problem && !problem.alternatives && !problem.violations.length ? html`<div class="alert" data-tone="bad" role="alert">${icon('deliveries', 18)}<span>${problem.message}</span></div>` : nothing}`,
      footer: html`<span class="total push-right">${price !== null ? html`Price <strong>${money(price, chosen.currency)}</strong>` : nothing}</span>
        <button type="button" class="button" @click=${close}>Discard</button>
        <button class="button" data-tone="primary" ?disabled=${this.busy || !(this.time || at)}>${this.busy ? 'Booking…' : 'Book'}</button>`,
    })}</form>`;
  }

  async submit(event) {
    event?.preventDefault();
    if (this.busy) return;
    const form = this.querySelector('form').elements;
    const { at } = this.route.query;
    this.busy = true;
    try {
      const booking = await post('/api/bookings', {
        customer_name: form.name.value.trim(),
        customer_phone: form.phone.value.trim(),
        customer_email: form.email.value.trim() || undefined,
        service_type: this.service,
        ...(this.time ? { slot_id: this.time.slot_id } : { scheduled_at: at }),
        number_of_loads: form.units ? this.units : undefined,
        pickup_address: form.address.value.trim() || undefined,
        notes: form.notes.value.trim() || undefined,
        source: 'manual',
      }, { key: this.key });
      if (this.who) learn({ ...this.who, name: booking.customer_name });
      notice(`Booked: ${booking.customer_name}, ${short(booking.scheduled_at)}. The confirmation text is on its way.`);
      recount();
      go('bookings', booking.id, { ...this.route.query, day: booking.appointment_date, phone: '', name: '', at: '' });
    } catch (problem) {
      this.problem = problem;
      this.key = intention();
      if (problem.alternatives) this.time = null;
    }
    this.busy = false;
    await this.updateComplete;
    if (this.problem) this.querySelector('[aria-invalid="true"], [role="alert"] button')?.focus();
  }
}
customElements.define('fd-new-booking', NewBooking);
