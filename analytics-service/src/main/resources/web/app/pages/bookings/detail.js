/** One booking and everything that may happen to it. */
import { html, nothing } from 'lit';
import { get, intention, post } from '../../lib/api.js';
import { count as recount } from '../../lib/attention.js';
import { Remote } from '../../lib/remote.js';
import { link } from '../../lib/route.js';
import { session } from '../../lib/session.js';
import { clock, dayOf, longDay, short } from '../../lib/time.js';
import { label, money, phone } from '../../lib/words.js';
import { Element } from '../../ui/element.js';
import { icon } from '../../ui/icons.js';
import { ask, attempt, dialog, notice } from '../../ui/overlay.js';
import { avatar, badge, empty, show, skeleton, when } from '../../ui/parts.js';
import { fact } from '../calls.js';
import { OPEN } from './calendar.js';
import { refused } from './times.js';

const SOURCES = { voice: 'On the phone', sms: 'By text', manual: 'By staff' };

/** Fires `changed` after every change and calls `close` when it is done with. */
class BookingDetail extends Element {
  static properties = { booking: {}, resources: { attribute: false }, close: { attribute: false }, moving: { state: true } };

  it = new Remote(this, (signal, id) => get(`/api/bookings/${id}`, {}, { signal }), { live: true, start: false });
  history = new Remote(this, (signal, id) => get(`/api/bookings/${id}/history`, {}, { signal }).then((page) => page.items), { live: true, start: false });
  calls = new Remote(this, (signal, id) => get('/api/calls', { booking_id: id }, { signal }).then((page) => page.items), { start: false });

  willUpdate(changed) {
    if (!changed.has('booking')) return;
    this.moving = false;
    this.it.ask(this.booking);
    this.history.ask(this.booking);
    this.calls.ask(this.booking);
  }

  render() {
    if (this.it.error?.status === 404) return empty('bookings', 'There is no such booking', 'It may belong to another client.', html`<button class="button" @click=${this.close}>Close</button>`);
    return show(this.it, (it) => this.renderIt(it), html`<div class="pad">${skeleton(7)}</div>`);
  }

  renderIt(it) {
    const open = OPEN.includes(it.status);
    const begun = new Date(it.scheduled_at) <= Date.now();
    const resource = this.resources?.find((one) => one.id === it.resource_id);
    const button = (text, name, act, tone = '') => html`<button class="button" data-tone=${tone} @click=${act}>${icon(name, 16)} ${text}</button>`;
    return html`<div class="detail">
      <header class="detail-head">
        <button class="button icon-only ghost back" aria-label="Close" @click=${this.close}>${icon('close')}</button>
        ${avatar(it.customer_name, 'large')}
        <div class="detail-title"><h2>${it.customer_name}</h2><p class="muted tabular">${phone(it.customer_phone)} · ${it.reference}</p></div>
        ${badge(it.status)}
      </header>
      <div class="appointment">
        <strong>${longDay(dayOf(it.scheduled_at))}</strong>
        <span class="tabular">${clock(it.scheduled_at)} – ${clock(new Date(it.scheduled_at).getTime() + (it.duration_minutes ?? 30) * 60_000)}</span>
        <span class="muted">${when(it.scheduled_at)}</span>
      </div>
      ${session.mayChange ? html`<div class="line actions">
        ${['pending', 'scheduled'].includes(it.status) && !begun ? button('Confirm', 'check', () => this.change('confirmation', {}, 'Confirmed'), 'primary') : nothing}
        ${open && begun ? button('Completed', 'check', () => this.change('completion', {}, 'Completed'), 'primary') : nothing}
        ${open && begun ? button('No-show', 'ban', () => this.change('no-show', {}, 'Marked as no-show')) : nothing}
        ${open ? button('Move', 'move', () => (this.moving = true)) : nothing}
        ${open ? button('Cancel…', 'close', () => this.cancel(it), 'bad') : nothing}
      </div>` : nothing}
      <dl class="facts">
        ${fact('Service', it.service_name ?? it.title ?? label(it.service_type))}
        ${fact('With', resource?.name)}
        ${fact('Loads', it.number_of_loads)}
        ${fact('Booked', html`${SOURCES[it.source] ?? label(it.source)}, ${when(it.created_at)}`)}
        ${fact('Address', it.pickup_address)}
        ${fact('E-mail', it.customer_email)}
        ${fact('Told by text', [it.confirmation_sent && 'confirmation', it.reminder_sent && 'reminder'].filter(Boolean).join(', ') || 'not yet')}
        ${fact('Cancelled because', it.cancel_reason)}
      </dl>
      <section class="payment"><h3>Payment</h3>
        <div class="line"><strong class="amount">${money(it.payment_amount, it.payment_currency)}</strong>${badge(it.payment_status)}
          ${session.mayChange && it.payment_status !== 'paid' && it.payment_amount !== null ? html`<button class="button small push" @click=${() => this.pay(it)}>${icon('card', 15)} Take payment…</button>
            ${it.payment_status === 'pending' ? html`<button class="button small" @click=${() => this.change('payment', { payment_status: 'failed' }, 'Payment marked as failed')}>Failed</button>` : nothing}` : nothing}</div>
      </section>
      <div class="line actions">
        <a class="button small" href=${link('customers', null, { phone: it.customer_phone })}>${icon('customers', 15)} Customer</a>
        <a class="button small" href=${link('texts', it.customer_phone)}>${icon('texts', 15)} Texts</a>
        ${(this.calls.value ?? []).slice(0, 2).map((call) => html`<a class="button small" href=${link('calls', call.id)}>${icon('calls', 15)} Call, ${when(call.created_at)}</a>`)}
      </div>
      <fd-notes .of=${it} .path=${`/api/bookings/${it.id}`} @saved=${(event) => this.it.set(event.detail)}></fd-notes>
      ${this.history.value?.length ? html`<section><h3>History</h3><ol class="history">${this.history.value.toReversed().map((one) => html`<li>
        <span>${label(one.change.replaceAll('-', ' '))}</span><span class="muted">${one.actor ? `by ${one.actor}` : ''}${one.reason ? `: ${one.reason}` : ''}</span><span class="row-when">${when(one.changed_at)}</span></li>`)}</ol></section>` : nothing}
    </div>
    ${this.moving ? html`<fd-move .booking=${it} .close=${() => (this.moving = false)} @moved=${(event) => this.done(event.detail)}></fd-move>` : nothing}`;
  }

  change(noun, body, said) {
    const it = this.it.value;
    return attempt(async () => this.done(await post(`/api/bookings/${it.id}/${noun}`, body, { ifMatch: it.version })), said)
      .then((worked) => worked || this.it.reload());
  }

  done(booking) {
    this.moving = false;
    this.it.set(booking);
    this.history.reload();
    recount();
    this.dispatchEvent(new CustomEvent('changed', { detail: booking }));
  }

  async cancel(it) {
    const reason = await ask({
      title: 'Cancel this booking?',
      text: `${it.customer_name}, ${short(it.scheduled_at)}. The customer is told by text. A cancelled booking stays cancelled.`,
      field: 'Reason', placeholder: 'For the team; may stay empty', action: 'Cancel the booking', tone: 'bad',
    });
    if (reason !== null) await this.change('cancellation', reason ? { reason } : {}, 'Cancelled; the customer is told');
  }

  async pay(it) {
    const amount = await ask({ title: 'Take payment', text: `The quote is ${money(it.payment_amount, it.payment_currency)}. Leave the field empty if exactly that was paid.`, field: `Amount paid, ${it.payment_currency}`, placeholder: String(it.payment_amount ?? ''), action: 'Paid', tone: 'primary' });
    if (amount === null) return;
    const value = amount === true || amount === '' ? undefined : Number(String(amount).replace(',', '.'));
    if (Number.isNaN(value)) return notice('That is no amount', { tone: 'bad' });
    await this.change('payment', { payment_status: 'paid', payment_amount: value }, 'Paid');
  }
}
customElements.define('fd-booking', BookingDetail);

/** Moves a booking to a free time; asks `to` a time first if one is given, and explains a refusal. */
class Move extends Element {
  static properties = { booking: { attribute: false }, to: { attribute: false }, close: { attribute: false }, time: { state: true }, problem: { state: true }, busy: { state: true } };

  key = intention();

  render() {
    const { booking: it, problem } = this;
    const wanted = this.time?.starts_at ?? this.to;
    return dialog({
      title: `Move ${it.customer_name}`,
      subtitle: html`<p class="muted">Now ${short(it.scheduled_at)}${wanted ? html` → <strong class="chosen-time">${short(wanted)}</strong>` : nothing}</p>`,
      close: this.close,
      body: html`
        ${problem ? (problem.alternatives ? refused(problem, (slot) => { this.time = slot; this.key = intention(); this.move(); }) : html`<div class="alert" data-tone="bad" role="alert">${icon('deliveries', 18)}<span>${problem.message}</span></div>`) : nothing}
        ${this.to && !this.time && !problem
          ? html`<p>The customer gets a text with the new time.</p>`
          : html`<fd-times .service=${it.service_type} .day=${dayOf(Math.max(Date.now(), new Date(it.scheduled_at)))} .slot=${this.time?.slot_id} @chosen=${(event) => { this.time = event.detail; this.problem = null; this.key = intention(); }}></fd-times>`}`,
      footer: html`<button type="button" class="button" @click=${this.close}>Leave it</button>
        <button type="button" class="button" data-tone="primary" ?disabled=${!wanted || this.busy || (problem && !this.time)} @click=${() => this.move()}>${this.busy ? 'Moving…' : 'Move'}</button>`,
    });
  }

  async move() {
    this.busy = true;
    try {
      const moved = await post(`/api/bookings/${this.booking.id}/reschedule`, this.time ? { slot_id: this.time.slot_id } : { scheduled_at: this.to }, { ifMatch: this.booking.version, key: this.key });
      notice(`Moved to ${short(moved.scheduled_at)}. The customer is told by text.`);
      this.dispatchEvent(new CustomEvent('moved', { detail: moved }));
    } catch (problem) {
      this.problem = problem;
      this.time = null;
      this.key = intention();
    }
    this.busy = false;
  }
}
customElements.define('fd-move', Move);
