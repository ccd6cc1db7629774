/** Bookings: the calendar by day and week, the list, and what one does with them. */
import { html, nothing } from 'lit';
import { all, download, get } from '../lib/api.js';
import { Remote, RemoteList } from '../lib/remote.js';
import { go, link } from '../lib/route.js';
import { session } from '../lib/session.js';
import { addDays, at, clock, dayName, hourName, longDay, minuteOf, month, monthDay, today, weekStart, weekday } from '../lib/time.js';
import { label, money } from '../lib/words.js';
import { Page } from '../ui/element.js';
import { choice, clearFilters, dateFilter, searchBox } from '../ui/filters.js';
import { icon } from '../ui/icons.js';
import { attempt } from '../ui/overlay.js';
import { badge, empty, failure, moreButton, person, segmented, show, skeleton, statusName } from '../ui/parts.js';
import { styled } from '../ui/styled.js';
import { byDay, hoursOf, lanes, OPEN, openIn } from './bookings/calendar.js';
import './bookings/detail.js';
import './bookings/new.js';

const HOUR = 60;
const STEP = 15;
const FILTERS = ['q', 'status', 'source', 'payment_status', 'from', 'to'];

class Bookings extends Page {
  static properties = { drag: { state: true }, ask: { state: true } };

  week = new Remote(this, (signal) => get('/api/opening-hours', {}, { signal }).then((page) => page.items));
  resources = new Remote(this, (signal) => get('/api/resources', {}, { signal }).then((page) => page.items));
  shown = new Remote(this, (signal, { from, to }) => all('/api/bookings', { from, to }, { signal }), { live: true, start: false });
  list = new RemoteList(this, (cursor, signal, query) => get('/api/bookings', { ...query, cursor }, { signal }), { live: true, start: false });

  get view() {
    return this.route.query.view ?? (innerWidth < 760 ? 'day' : 'week');
  }

  get day() {
    return /^\d{4}-\d\d-\d\d$/.test(this.route.query.day ?? '') ? this.route.query.day : today();
  }

  get days() {
    return this.view === 'day' ? [this.day] : Array.from({ length: 7 }, (_, index) => addDays(weekStart(this.day), index));
  }

  willUpdate() {
    if (this.view === 'list') {
      const { query } = this.route;
      this.list.ask(Object.fromEntries(FILTERS.filter((name) => query[name]).map((name) => [name, query[name]])), { keep: true });
    } else {
      this.shown.ask({ from: this.days[0], to: this.days.at(-1) });
    }
  }

  to(changes, id = this.route.id) {
    go('bookings', id, { ...this.route.query, ...changes });
  }

  render() {
    const { route, view } = this;
    const writing = route.id === 'new';
    const step = view === 'day' ? 1 : 7;
    return html`<div class="page full">
      <header class="head">
        <h1 tabindex="-1">Bookings</h1>
        ${view === 'list'
          ? html`<button class="button" data-file @click=${() => attempt(() => download('/api/bookings/export.csv', Object.fromEntries(FILTERS.map((name) => [name, route.query[name]])), 'bookings.csv'))}>${icon('download', 16)} CSV</button>`
          : html`<div class="line stepper">
            <button class="button" @click=${() => this.to({ day: '' })} ?disabled=${this.days.includes(today())}>Today</button>
            <button class="button icon-only" aria-label=${view === 'day' ? 'The day before' : 'The week before'} @click=${() => this.to({ day: addDays(this.day, -step) })}>${icon('left')}</button>
            <button class="button icon-only" aria-label=${view === 'day' ? 'The day after' : 'The week after'} @click=${() => this.to({ day: addDays(this.day, step) })}>${icon('right')}</button>
            <strong class="period" aria-live="polite">${view === 'day' ? longDay(this.day) : `${monthDay(this.days[0])} – ${monthDay(this.days[6])}`}</strong></div>`}
        ${segmented('View', [['day', 'Day'], ['week', 'Week'], ['list', 'List']], view, (it) => this.to({ view: it }))}
        ${session.mayChange ? html`<button class="button" data-tone="primary" data-create @click=${() => this.to({}, 'new')}>${icon('plus', 16)} <span>New booking</span></button>` : nothing}
      </header>
      ${view === 'list' ? this.renderFilters() : nothing}
      <div class="work" ?data-open=${route.id && !writing}>
        <section class="work-list card flush" aria-label=${view === 'list' ? 'Bookings' : 'Calendar'}>${view === 'list' ? this.renderList() : this.renderCalendar()}</section>
        ${route.id && !writing ? html`<section class="work-detail card flush" aria-label="Booking">
          <fd-booking .booking=${route.id} .resources=${this.resources.value} .close=${() => this.to({}, null)} @changed=${() => this.refresh()}></fd-booking></section>` : nothing}
      </div>
      ${writing ? html`<fd-new-booking .route=${route}></fd-new-booking>` : nothing}
      ${this.ask ? html`<fd-move .booking=${this.ask.booking} .to=${this.ask.to} .close=${() => (this.ask = null)} @moved=${() => { this.ask = null; this.refresh(); }}></fd-move>` : nothing}
    </div>`;
  }

  refresh() {
    (this.view === 'list' ? this.list : this.shown).reload();
  }

  renderCalendar() {
    if (this.shown.error && !this.shown.value) return failure(this.shown.error, () => this.shown.reload());
    const week = this.week.value ?? [];
    const bookings = (this.shown.value ?? []).filter((it) => it.status !== 'cancelled');
    const [first, last] = hoursOf(week, bookings);
    const days = byDay(bookings);
    const columns = this.view === 'day' ? this.resourceColumns(days.get(this.day) ?? []) : this.days.map((day) => ({ day, name: day, bookings: days.get(day) ?? [] }));
    const hours = Array.from({ length: last - first }, (_, index) => first + index);
    return html`<div class="calendar" data-view=${this.view} ${styled({ '--columns': String(columns.length), '--hours': String(last - first) })} ?data-loading=${!this.shown.value}
        @pointermove=${(event) => this.dragged(event)} @pointerup=${() => this.dropped()} @pointercancel=${() => (this.drag = null)}>
      <div class="calendar-head"><span class="calendar-corner">${month(this.day).split(' ').map((it) => html`<span>${it}</span>`)}</span>
        ${columns.map((it) => html`<div class="calendar-day" ?data-today=${this.view === 'week' && it.day === today()}>
          ${this.view === 'week'
            ? html`<a href=${link('bookings', null, { ...this.route.query, view: 'day', day: it.day })}><span>${weekday(it.day)}</span><strong>${Number(it.day.slice(8))}</strong></a>`
            : html`<span>${it.name}</span>`}
          <small>${it.bookings.length || ''}</small></div>`)}</div>
      <div class="calendar-grid">
        <div class="calendar-hours" aria-hidden="true">${hours.map((hour) => html`<span>${hourName(hour)}</span>`)}</div>
        ${columns.map((column, index) => this.renderColumn(column, index, first, last, week))}
      </div>
      ${!this.shown.value ? html`<span class="visually-hidden" role="status">Loading</span>` : nothing}
    </div>`;
  }

  resourceColumns(bookings) {
    const resources = (this.resources.value ?? []).filter((it) => it.active !== false || bookings.some((one) => one.resource_id === it.id));
    const columns = resources.map((it) => ({ day: this.day, name: it.name, bookings: bookings.filter((one) => one.resource_id === it.id) }));
    const rest = bookings.filter((it) => !resources.some((one) => one.id === it.resource_id));
    return rest.length || !columns.length ? [...columns, { day: this.day, name: columns.length ? 'Others' : 'Appointments', bookings: rest }] : columns;
  }

  renderColumn({ day, name, bookings }, index, first, last, week) {
    const top = (minute) => ((minute - first * 60) / 60) * HOUR;
    const closed = [];
    let free = first * 60;
    for (const [start, end] of openIn(week, day)) {
      if (start > free) closed.push([free, start]);
      free = Math.max(free, end);
    }
    if (free < last * 60) closed.push([free, last * 60]);
    const now = minuteOf(Date.now());
    const dragging = this.drag?.moved && this.drag.column === index ? this.drag : null;
    return html`<div class="calendar-column" data-day=${day} data-index=${index} role="group" aria-label=${this.view === 'day' ? name : longDay(day)} @click=${(event) => this.pointed(event, day, first)}>
      ${this.week.value ? closed.map(([start, end]) => html`<div class="closed" ${styled({ top: `${top(start)}px`, height: `${top(end) - top(start)}px` })}></div>`) : nothing}
      ${day === today() && now >= first * 60 && now <= last * 60 ? html`<div class="now" ${styled({ top: `${top(now)}px` })}></div>` : nothing}
      ${lanes(bookings).map(({ booking: it, start, end, lane, lanes: wide }) => {
        const small = end - start < 40 || wide > 1;
        const words = `${clock(it.scheduled_at)}, ${it.customer_name}, ${it.service_name ?? label(it.service_type)}, ${statusName(it.status)}`;
        return html`<a class="event" data-row data-status=${it.status} ?data-small=${small} ?data-narrow=${wide > 1} ?data-dragged=${this.drag?.moved && this.drag.booking.id === it.id}
          title=${words} aria-current=${it.id === this.route.id ? 'true' : nothing}
          href=${link('bookings', it.id, this.route.query)} draggable="false"
          ${styled({ top: `${top(start) + 1}px`, height: `${Math.max(22, top(end) - top(start) - 2)}px`, left: `calc(${(lane / wide) * 100}% + 2px)`, width: `calc(${100 / wide}% - 4px)` })}
          @pointerdown=${(event) => this.pressed(event, it, first, last)} @click=${(event) => { event.stopPropagation(); if (this.justDragged) event.preventDefault(); }}>
          <strong>${it.customer_name}</strong><span aria-hidden="true">${clock(it.scheduled_at)}${small ? '' : ` · ${it.service_name ?? label(it.service_type)}`}</span>
          <em class="visually-hidden">${clock(it.scheduled_at)}, ${it.service_name ?? label(it.service_type)}, ${statusName(it.status)}</em></a>`;
      })}
      ${dragging ? html`<div class="event ghost" ${styled({ top: `${top(dragging.minute) + 1}px`, height: `${((dragging.booking.duration_minutes ?? 30) / 60) * HOUR - 2}px`, left: '2px', width: 'calc(100% - 4px)' })}>
        <strong>${dragging.booking.customer_name}</strong><span>${hourName(dragging.minute / 60)}</span></div>` : nothing}
    </div>`;
  }

  /** A press on the empty calendar is a booking at that time. */
  pointed(event, day, first) {
    if (!session.mayChange || this.justDragged || event.target.closest('.event')) return;
    const place = event.currentTarget.getBoundingClientRect();
    const minute = first * 60 + Math.floor(((event.clientY - place.top) / HOUR) * 60 / 30) * 30;
    const moment = at(day, minute);
    if (new Date(moment) > Date.now()) this.to({ at: moment }, 'new');
  }

  pressed(event, booking, first, last) {
    if (!session.mayChange || event.button !== 0 || event.pointerType === 'touch' || !OPEN.includes(booking.status)) return;
    this.drag = { booking, first, last, x: event.clientX, y: event.clientY, offset: event.clientY - event.currentTarget.getBoundingClientRect().top, moved: false };
  }

  dragged(event) {
    const { drag } = this;
    if (!drag) return;
    if (!drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 6) return;
    const columns = [...this.querySelectorAll('.calendar-column')];
    const column = columns.find((it) => event.clientX >= it.getBoundingClientRect().left && event.clientX < it.getBoundingClientRect().right);
    if (!column) return;
    const raw = drag.first * 60 + ((event.clientY - drag.offset - column.getBoundingClientRect().top) / HOUR) * 60;
    const minute = Math.min(drag.last * 60 - STEP, Math.max(drag.first * 60, Math.round(raw / STEP) * STEP));
    this.drag = { ...drag, moved: true, column: Number(column.dataset.index), day: column.dataset.day, minute };
  }

  dropped() {
    const { drag } = this;
    this.drag = null;
    if (!drag?.moved) return;
    this.justDragged = true;
    setTimeout(() => (this.justDragged = false), 50);
    const to = at(drag.day, drag.minute);
    if (to !== new Date(drag.booking.scheduled_at).toISOString()) this.ask = { booking: drag.booking, to };
  }

  renderFilters() {
    const { route } = this;
    return html`<div class="filters">
      ${searchBox(route, 'Name, reference, number or address')}
      ${choice(route, 'status', 'Status', [['', 'Any status'], ...['pending', 'confirmed', 'scheduled', 'completed', 'cancelled', 'no-show'].map((it) => [it, statusName(it)])])}
      ${choice(route, 'source', 'Source', [['', 'Any source'], ['voice', 'Phone'], ['sms', 'Text'], ['manual', 'Staff']])}
      ${choice(route, 'payment_status', 'Payment', [['', 'Any payment'], ['pending', 'To be paid'], ['paid', 'Paid'], ['failed', 'Failed']])}
      ${dateFilter(route, 'from', 'From')}${dateFilter(route, 'to', 'To')}
      ${clearFilters(route, FILTERS)}</div>`;
  }

  renderList() {
    const { route } = this;
    return show(this.list, () => {
      if (!this.list.items.length) {
        return FILTERS.some((name) => route.query[name])
          ? empty('search', 'No booking matches', 'Try fewer filters or other words.', clearFilters(route, FILTERS))
          : empty('bookings', 'No bookings yet', 'They come from calls, from texts and from you.');
      }
      return html`<table class="table list-table">
        <thead><tr><th scope="col">Customer</th><th scope="col" class="wide">Service</th><th scope="col">Status</th><th scope="col" class="wide">Reference</th><th scope="col" class="number wide">Price</th><th scope="col" class="number">Appointment</th></tr></thead>
        <tbody>${this.list.items.map((it) => html`<tr ?data-current=${it.id === route.id} @click=${() => this.to({}, it.id)}>
          <td><a class="cell-person" data-row href=${link('bookings', it.id, route.query)} aria-current=${it.id === route.id ? 'true' : nothing} @click=${(event) => event.stopPropagation()}>${person(it.customer_name, it.customer_phone)}</a></td>
          <td class="wide">${it.service_name ?? label(it.service_type)}${it.number_of_loads ? html`<span class="muted"> × ${it.number_of_loads}</span>` : nothing}</td>
          <td>${badge(it.status)}</td>
          <td class="wide tabular">${it.reference}</td>
          <td class="number wide">${money(it.payment_amount, it.payment_currency)}${it.payment_status === 'paid' ? html` <span class="mini" title="Paid">${icon('check', 14)}<span class="visually-hidden">paid</span></span>` : nothing}</td>
          <td class="number"><span class="quiet">${dayName(it.appointment_date)}</span> ${clock(it.scheduled_at)}</td>
        </tr>`)}</tbody></table>${moreButton(this.list)}`;
    }, html`<div class="pad">${skeleton(10)}</div>`);
  }
}
customElements.define('fd-bookings', Bookings);
