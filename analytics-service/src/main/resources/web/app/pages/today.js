/** How the day goes: figures against yesterday, the hours, the month, and what waits for a person. */
import { html, nothing, svg } from 'lit';
import { get } from '../lib/api.js';
import { attention } from '../lib/attention.js';
import { Remote } from '../lib/remote.js';
import { link } from '../lib/route.js';
import { session } from '../lib/session.js';
import { addDays, clock, dayName, hourName, longDay, minuteOf, monthDay, today, weekday } from '../lib/time.js';
import { count, money, percent, phone } from '../lib/words.js';
import { Page } from '../ui/element.js';
import { icon } from '../ui/icons.js';
import { badge, empty, person, segmented, show, skeleton, statusName, when } from '../ui/parts.js';

const DAYS = 30;

class Today extends Page {
  static properties = { waiting: { state: true }, figure: { state: true } };

  constructor() {
    super();
    this.figure = 'activity';
  }

  summary = new Remote(this, (signal) => get('/api/analytics/summary', {}, { signal }), { live: true });
  days = new Remote(this, (signal) => get('/api/analytics/daily', { from: addDays(today(), 1 - DAYS), to: today() }, { signal }).then((page) => page.items.toReversed()), { live: true });
  hours = new Remote(this, (signal) => get('/api/analytics/series', { interval: 'hour', from: addDays(today(), -1), to: today() }, { signal }).then((page) => page.items), { live: true });
  endings = new Remote(this, (signal) => get('/api/analytics/breakdown', { of: 'calls', by: 'status', from: today(), to: today() }, { signal }).then((page) => page.items), { live: true });
  sources = new Remote(this, (signal) => get('/api/analytics/breakdown', { of: 'bookings', by: 'source', from: today(), to: today() }, { signal }).then((page) => page.items), { live: true });
  calls = new Remote(this, (signal) => get('/api/calls', { limit: 6 }, { signal }).then((page) => page.items), { live: true });
  next = new Remote(this, (signal) => get('/api/bookings/upcoming', { limit: 6 }, { signal }).then((page) => page.items), { live: true });

  connectedCallback() {
    super.connectedCallback();
    this.leave = attention((counts) => (this.waiting = counts));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.leave();
  }

  render() {
    return html`<div class="page">
      <header class="head"><div><h1 tabindex="-1">Today</h1><p class="muted">${longDay(today())}</p></div></header>
      ${show(this.summary, (it) => this.renderFigures(it), html`<div class="figures">${skeleton(4, 'figure')}</div>`)}
      <div class="columns">
        <section class="card span-2" aria-labelledby="hours-title">
          <div class="card-head"><h2 id="hours-title">By hour</h2><p class="muted">today, calls of yesterday beside it</p></div>
          ${show(this.hours, (it) => this.renderHours(it), skeleton(1, 'chart'))}
        </section>
        <section class="card first-on-phone" aria-labelledby="waiting-title">
          <div class="card-head"><h2 id="waiting-title">Waiting for you</h2></div>
          ${this.renderWaiting()}
        </section>
        <section class="card span-2" aria-labelledby="days-title">
          <div class="card-head"><h2 id="days-title">By day</h2>
            ${segmented('What to show', [['activity', 'Activity'], ['rates', 'Rates'], ['cost', 'Cost']], this.figure, (it) => (this.figure = it))}</div>
          ${show(this.days, (it) => this.renderDays(it), skeleton(1, 'chart'))}
        </section>
        <section class="card" aria-labelledby="shares-title">
          <div class="card-head"><h2 id="shares-title">How it went</h2></div>
          ${this.renderShares('Calls today', this.endings, 'calls')}
          ${this.renderShares('Bookings made today, by', this.sources, 'bookings')}
        </section>
        <section class="card span-2" aria-labelledby="calls-title">
          <div class="card-head"><h2 id="calls-title">Latest calls</h2><a class="link" href=${link('calls')}>All calls</a></div>
          ${show(this.calls, (it) => this.renderCalls(it))}
        </section>
        <section class="card" aria-labelledby="next-title">
          <div class="card-head"><h2 id="next-title">Coming up</h2><a class="link" href=${link('bookings')}>Calendar</a></div>
          ${show(this.next, (it) => this.renderNext(it), skeleton(4))}
        </section>
      </div>
    </div>`;
  }

  renderFigures({ today: now, same_weekday: week, yesterday: before }) {
    const days = this.days.value ?? [];
    const tile = (name, value, key, note, color, write = count) => html`<article class="figure">
      <h2>${name}</h2>
      <p class="figure-value">${value}</p>
      ${spark(days.slice(-14).map((day) => Number(day[key])), color)}
      <p class="figure-note">${note}</p>
      <p class="figure-trends">${trend(this.pace(key), color === 'cost')}
        <span class="trend">${write(before[key])} <span>yesterday</span></span>
        <span class="trend" title="On ${weekday(today(), 'long')} last week">${write(week[key])} <span>last ${weekday(today())}</span></span></p>
    </article>`;
    return html`<div class="figures">
      ${tile('Calls', count(now.total_calls), 'total_calls',
        now.success_rate === null ? 'No calls yet' : `${percent(now.success_rate)} completed, ${count(now.failed_calls)} missed or failed`, 'calls')}
      ${tile('Bookings', count(now.total_bookings), 'total_bookings', now.total_calls ? `${Number(now.conversion_rate).toFixed(0)} per 100 calls` : 'Made today', 'bookings')}
      ${tile('Texts', count(now.total_sms), 'total_sms', 'In and out', 'texts')}
      ${tile('Cost', money(now.total_cost), 'total_cost', now.total_calls ? `${money(now.total_cost / now.total_calls)} per call, texts included` : 'Calls and texts', 'cost', money)}
    </div>`;
  }

  /** Today against yesterday up to the same full hour, in percent: half a day is not compared with a whole one. */
  pace(key) {
    const hour = Math.floor(minuteOf(Date.now()) / 60);
    const sum = (day) => (this.hours.value ?? []).filter((it) => it.date === day && it.hour < hour).reduce((total, it) => total + Number(it[key]), 0);
    const before = sum(addDays(today(), -1));
    return before > 0 ? { change: ((sum(today()) - before) / before) * 100, hour } : null;
  }

  renderHours(points) {
    const now = points.filter((it) => it.date === today());
    const before = points.filter((it) => it.date !== today());
    const hour = Math.floor(minuteOf(Date.now()) / 60);
    const busy = points.filter((it) => it.total_calls + it.total_sms + it.total_bookings > 0).map((it) => it.hour);
    const first = Math.min(7, hour, ...busy);
    const last = Math.max(20, hour, ...busy);
    const cut = (list, key) => list.filter((it) => it.hour >= first && it.hour <= last).map((it) => it[key]);
    const rows = Array.from({ length: last - first + 1 }, (_, index) => hourName(first + index));
    return html`<fd-chart label="Calls, bookings and texts by hour" .rows=${rows} .mark=${hour - first} .series=${[
      { name: 'Calls', color: 'calls', values: cut(now, 'total_calls') },
      { name: 'Bookings', color: 'bookings', values: cut(now, 'total_bookings') },
      { name: 'Texts', color: 'texts', values: cut(now, 'total_sms') },
      { name: 'Calls yesterday', color: 'ink-3', values: cut(before, 'total_calls'), kind: 'line', faint: true },
    ]}></fd-chart>`;
  }

  renderDays(days) {
    const rows = days.map((it) => monthDay(it.date));
    const values = (key) => days.map((it) => (it[key] === null ? null : Number(it[key])));
    const series = {
      activity: [
        { name: 'Calls', color: 'calls', values: values('total_calls'), kind: 'line', area: true },
        { name: 'Bookings', color: 'bookings', values: values('total_bookings'), kind: 'line' },
        { name: 'Texts', color: 'texts', values: values('total_sms'), kind: 'line' },
      ],
      rates: [
        { name: 'Calls completed, %', color: 'calls', values: values('success_rate'), kind: 'line' },
        { name: 'Bookings per 100 calls', color: 'bookings', values: values('conversion_rate'), kind: 'line' },
      ],
      cost: [{ name: `Cost, ${session.client.currency}`, color: 'cost', values: days.map((it) => Number(Number(it.total_cost).toFixed(2))) }],
    }[this.figure];
    return html`<fd-chart label="The last ${DAYS} days" .rows=${rows} .series=${series}></fd-chart>`;
  }

  renderWaiting() {
    if (!this.waiting?.unread) return skeleton(4);
    const { unread, pending, failed, stuck } = this.waiting;
    const row = (list, name, text, href, tone) =>
      list.length ? html`<li><a class="todo" href=${href} data-tone=${tone}><span class="todo-count">${list.length >= 100 ? '99+' : list.length}</span><span>${text}</span>${icon('right', 16)}</a></li>` : nothing;
    const rows = [
      row(unread, 'texts', unread.length === 1 ? `Unread conversation: ${phone(unread[0].phone_number)}` : 'Unread conversations', link('texts', unread.length === 1 ? unread[0].phone_number : null, { unread: 'true' }), 'info'),
      row(pending, 'bookings', plural2(pending.length, 'Booking to confirm', 'Bookings to confirm'), link('bookings', null, { view: 'list', status: 'pending' }), 'warn'),
      row(failed, 'deliveries', plural2(failed.length, 'Text not delivered', 'Texts not delivered'), link('deliveries'), 'bad'),
      row(stuck, 'deliveries', plural2(stuck.length, 'Call stuck in progress', 'Calls stuck in progress'), link('deliveries', 'stuck'), 'bad'),
    ];
    return rows.every((it) => it === nothing)
      ? empty('check', 'All done', 'No unread texts, nothing to confirm, nothing failed.')
      : html`<ul class="todos">${rows}</ul>`;
  }

  renderShares(title, remote, page) {
    return html`<div class="shares"><h3>${title}</h3>${show(remote, (shares) => {
      const total = shares.reduce((sum, it) => sum + it.total, 0);
      if (!total) return html`<p class="muted small">Nothing yet today.</p>`;
      return html`<ul>${shares.map((it) => html`<li>
        <span>${shareName(it.value)}</span><span class="number">${count(it.total)} <span class="muted">${percent((it.total / total) * 100)}</span></span>
        <meter class="share" data-color=${page} min="0" max=${total} value=${it.total} aria-label=${`${shareName(it.value)}: ${it.total} of ${total}`}></meter>
      </li>`)}</ul>`;
    }, skeleton(3))}</div>`;
  }

  renderCalls(calls) {
    if (!calls.length) return empty('calls', 'No calls yet', 'The first call shows up here by itself.');
    return html`<ul class="rows">${calls.map((it) => html`<li><a class="row" href=${link('calls', it.id)}>
      <span class="row-icon" data-tone=${it.call_type === 'outbound' ? 'quiet' : 'info'}>${icon(it.call_type === 'outbound' ? 'out' : 'in', 16)}</span>
      ${person(it.customer_name, it.phone_number)}
      <span class="row-text">${it.summary ?? ''}</span>
      ${badge(it.status)}
      <span class="row-when">${when(it.started_at ?? it.created_at)}</span>
    </a></li>`)}</ul>`;
  }

  renderNext(bookings) {
    if (!bookings.length) return empty('bookings', 'Nothing booked', 'The next appointments show up here.');
    return html`<ul class="rows">${bookings.map((it) => html`<li><a class="row tight" href=${link('bookings', it.id, { day: it.appointment_date })}>
      <span class="row-time"><strong>${clock(it.scheduled_at)}</strong><span>${it.appointment_date === today() ? 'Today' : it.appointment_date === addDays(today(), 1) ? 'Tomorrow' : dayName(it.appointment_date)}</span></span>
      <span class="person"><span class="person-name">${it.customer_name}</span><span class="person-phone">${it.service_name ?? it.title ?? statusName(it.service_type)}</span></span>
      ${it.status === 'pending' ? badge('pending') : nothing}
    </a></li>`)}</ul>`;
  }
}
customElements.define('fd-today', Today);

const SOURCES = { voice: 'Phone', sms: 'Text', manual: 'Staff' };
const shareName = (value) => SOURCES[value] ?? statusName(value ?? 'unknown');
const plural2 = (number, one, many) => (number === 1 ? one : many);

/** Up or down at this hour; nothing to compare with shows nothing. */
function trend(pace, neutral) {
  if (!pace) return nothing;
  const value = Math.round(pace.change);
  const tone = neutral || value === 0 ? 'flat' : value > 0 ? 'up' : 'down';
  return html`<span class="trend pace" data-tone=${tone} title="Against yesterday until ${hourName(pace.hour)}">
    <b>${value > 0 ? '↑' : value < 0 ? '↓' : '='} ${Math.abs(value)}%</b> <span>on yesterday by ${hourName(pace.hour)}</span></span>`;
}

/** Two weeks in a line. */
function spark(values, color) {
  if (values.length < 2) return html`<div class="spark"></div>`;
  const most = Math.max(...values, 1);
  const points = values.map((value, index) => [(index / (values.length - 1)) * 116 + 2, 32 - (value / most) * 28]);
  const line = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  const [x, y] = points.at(-1);
  return html`<svg class="spark" viewBox="0 0 120 36" preserveAspectRatio="none" aria-hidden="true" data-color=${color}>
    ${svg`<polygon points=${`2,36 ${line} 118,36`}></polygon><polyline points=${line} vector-effect="non-scaling-stroke"></polyline>`}
  </svg>`;
}
