/** Deliveries and opt-outs: what did not arrive, who does not want to be texted, which calls hang, which events a service refused. */
import { html, nothing } from 'lit';
import { download, get, post, remove } from '../lib/api.js';
import { known, people } from '../lib/people.js';
import { Remote, RemoteList } from '../lib/remote.js';
import { go, link } from '../lib/route.js';
import { session } from '../lib/session.js';
import { label, phone } from '../lib/words.js';
import { Page } from '../ui/element.js';
import { icon } from '../ui/icons.js';
import { ask, attempt } from '../ui/overlay.js';
import { badge, empty, moreButton, person, segmented, show, skeleton, when } from '../ui/parts.js';

/** Who does not want to be texted is not texted again, whatever button is pressed. */
const UNWANTED = ['opted-out', '21610'];

const WAITING = 20;

class Deliveries extends Page {
  failed = new RemoteList(this, async (cursor, signal) => (await Promise.all([get('/api/sms/messages', { status: 'failed', cursor }, { signal }), people()]))[0], { live: true });
  queued = new Remote(this, (signal) => get('/api/sms/messages', { status: 'queued', to: new Date(Date.now() - 5 * 60_000).toISOString(), limit: WAITING }, { signal }).then((page) => page.items), { live: true });
  optOuts = new RemoteList(this, (cursor, signal) => get('/api/sms/opt-outs', { cursor }, { signal }), { live: true });
  stuck = new Remote(this, (signal) => get('/api/calls', { status: 'in-progress', to: new Date(Date.now() - 30 * 60_000).toISOString(), limit: 100 }, { signal }).then((page) => page.items), { live: true });
  letters = new RemoteList(this, (cursor, signal) => get('/api/analytics/dead-letters', { replayed: false, cursor }, { signal }), { live: true });

  render() {
    const tab = ['opt-outs', 'stuck', 'events'].includes(this.route.id) ? this.route.id : 'failed';
    const tabs = [['failed', `Failed texts${size(this.failed)}`], ['opt-outs', `Opt-outs${size(this.optOuts)}`], ['stuck', `Stuck calls${size({ items: this.stuck.value })}`], ['events', `Refused events${size(this.letters)}`]];
    return html`<div class="page">
      <header class="head"><div><h1 tabindex="-1">Deliveries & opt-outs</h1></div></header>
      <div class="line">${segmented('What to show', tabs, tab, (it) => go('deliveries', it === 'failed' ? null : it))}
        ${tab === 'opt-outs' ? html`<button class="button push" @click=${() => attempt(() => download('/api/sms/opt-outs/export', {}, 'opt-outs.csv'))}>${icon('download', 16)} Ledger</button>
          ${session.mayChange ? html`<button class="button" data-create @click=${() => this.enter()}>${icon('plus', 16)} Enter an opt-out</button>` : nothing}` : nothing}</div>
      <section class="card flush work-list" aria-label=${tab}>${{ failed: () => this.renderFailed(), 'opt-outs': () => this.renderOptOuts(), stuck: () => this.renderStuck(), events: () => this.renderLetters() }[tab]()}</section>
    </div>`;
  }

  renderFailed() {
    return html`${this.queued.value?.length ? html`<div class="pad"><div class="alert">${icon('clock', 18)}<span>${waiting(this.queued.value)}</span></div></div>` : nothing}
      ${show(this.failed, () => this.failed.items.length
        ? html`<table class="table list-table"><thead><tr><th scope="col">To</th><th scope="col" class="wide">Text</th><th scope="col">Why</th><th scope="col" class="number">When</th>${session.mayChange ? html`<th scope="col" class="wide"><span class="visually-hidden">Actions</span></th>` : nothing}</tr></thead>
          <tbody>${this.failed.items.map((it) => html`<tr @click=${() => go('texts', it.phone_number)}>
            <td><a class="cell-person" data-row href=${link('texts', it.phone_number)} @click=${(event) => event.stopPropagation()}>${person(known(it.phone_number)?.name, it.phone_number)}</a></td>
            <td class="wide clip">${it.message_body}</td>
            <td>${badge('failed', sentence(it.reason ?? label(it.provider_status ?? 'failed')))}</td>
            <td class="number quiet">${when(it.created_at)}</td>
            ${session.mayChange ? html`<td class="wide number">${UNWANTED.includes(it.error_code) ? nothing : html`<button class="button small" @click=${(event) => { event.stopPropagation(); this.again(it); }}>${icon('send', 14)} Send again</button>`}</td>` : nothing}
          </tr>`)}</tbody></table>${moreButton(this.failed)}`
        : empty('check', 'Every text arrived', 'Texts that the carrier could not deliver show up here with the reason.'), html`<div class="pad">${skeleton(6)}</div>`)}`;
  }

  async again(it) {
    const sure = await ask({ title: 'Send this text again?', text: `“${it.message_body}” to ${phone(it.phone_number)}`, action: 'Send again' });
    if (sure && (await attempt(() => post('/api/sms/messages', { phone_number: it.phone_number, message_body: it.message_body, booking_id: it.booking_id ?? undefined }), 'The text is on its way'))) {
      this.failed.reload();
    }
  }

  renderOptOuts() {
    return show(this.optOuts, () => this.optOuts.items.length
      ? html`<table class="table list-table"><thead><tr><th scope="col">Number</th><th scope="col" class="wide">What they said</th><th scope="col">How</th><th scope="col" class="number">Since</th>${session.mayChange ? html`<th scope="col" class="wide"><span class="visually-hidden">Actions</span></th>` : nothing}</tr></thead>
        <tbody>${this.optOuts.items.map((it) => html`<tr @click=${() => go('texts', it.phone_number)}>
          <td><a class="cell-person" data-row href=${link('texts', it.phone_number)} @click=${(event) => event.stopPropagation()}>${person(known(it.phone_number)?.name, it.phone_number)}</a></td>
          <td class="wide clip">${it.proof ?? ''}</td><td>${badge('opted-out', it.source === 'staff' ? 'By staff' : it.source === 'provider' || it.source === 'carrier' ? 'At the carrier' : 'By text')}</td>
          <td class="number quiet">${when(it.created_at)}</td>
          ${session.mayChange ? html`<td class="wide number"><button class="button small" @click=${(event) => { event.stopPropagation(); this.lift(it); }}>Allow texts…</button></td>` : nothing}
        </tr>`)}</tbody></table>${moreButton(this.optOuts)}`
      : empty('check', 'Nobody has opted out', 'Who writes STOP, or asks in plain words, is listed here and gets no text.'), html`<div class="pad">${skeleton(4)}</div>`);
  }

  async enter() {
    const number = await ask({ title: 'Enter an opt-out', text: 'For somebody who said so on the phone or in person. From then on no text goes to this number.', field: 'Phone number', placeholder: 'Any spelling', action: 'Stop texts', tone: 'bad', required: true });
    if (number && (await attempt(() => post('/api/sms/opt-outs', { phone_number: number, proof: 'Told staff' }), 'No text goes to this number any more'))) this.optOuts.reload();
  }

  async lift(it) {
    const proof = await ask({ title: `Allow texts to ${phone(it.phone_number)}?`, text: 'Only the person themselves may decide this. What you write here is kept as proof.', field: 'When and how they asked', action: 'Allow texts', required: true });
    if (proof && (await attempt(() => remove(`/api/sms/opt-outs/${encodeURIComponent(it.phone_number)}`, { proof }), 'Texts are allowed again'))) this.optOuts.reload();
  }

  renderStuck() {
    return show(this.stuck, (items) => items.length
      ? html`<table class="table list-table"><thead><tr><th scope="col">Caller</th><th scope="col" class="wide">Provider</th><th scope="col">Status</th><th scope="col" class="number">Began</th></tr></thead>
        <tbody>${items.map((it) => html`<tr @click=${() => go('calls', it.id)}>
          <td><a class="cell-person" data-row href=${link('calls', it.id)} @click=${(event) => event.stopPropagation()}>${person(it.customer_name, it.phone_number)}</a></td>
          <td class="wide">${label(it.provider)} ${it.provider_status ? html`<span class="muted">says ${it.provider_status}</span>` : nothing}</td><td>${badge(it.status)}</td><td class="number quiet">${when(it.started_at ?? it.created_at)}</td></tr>`)}</tbody></table>
        <p class="pad muted small">In progress for more than half an hour. The provider is asked by itself; if it does not know the call any more, the call is closed with a note.</p>`
      : empty('check', 'No call hangs', 'Calls in progress for more than half an hour show up here.'), html`<div class="pad">${skeleton(4)}</div>`);
  }

  renderLetters() {
    return show(this.letters, () => this.letters.items.length
      ? html`<table class="table list-table"><thead><tr><th scope="col">Event and reason</th><th scope="col" class="wide">Refused by</th><th scope="col" class="number">When</th>${session.mayChange ? html`<th scope="col" class="wide"><span class="visually-hidden">Actions</span></th>` : nothing}</tr></thead>
        <tbody>${this.letters.items.map((it) => html`<tr>
          <td><span class="breakable">${it.type ?? 'Unknown event'}</span><div class="muted small breakable">${it.reason}</div></td><td class="wide">${it.service}</td>
          <td class="number quiet">${when(it.failed_at)}</td>
          ${session.mayChange ? html`<td class="wide number"><button class="button small" @click=${() => this.replay(it)}>Play again</button></td>` : nothing}
        </tr>`)}</tbody></table>${moreButton(this.letters)}`
      : empty('check', 'Every event was taken in', 'Events that a service could not read show up here with the reason, and can be played again once its cause is gone.'), html`<div class="pad">${skeleton(4)}</div>`);
  }

  async replay(it) {
    const sure = await ask({ title: 'Play this event again?', text: `${it.service} reads it once more. Taking in twice what it knows already changes nothing.`, action: 'Play again' });
    if (sure && (await attempt(() => post(`/api/analytics/dead-letters/${it.id}/replay`), 'The event is on its way'))) this.letters.reload();
  }
}
customElements.define('fd-deliveries', Deliveries);

/** How many are on the page, and that there are more. */
const size = (list) => (list.items?.length ? ` · ${list.items.length}${list.value?.next ? '+' : ''}` : '');

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** How many wait, and why the first one does. */
const waiting = (texts) => {
  const many = texts.length === WAITING ? `${WAITING} or more texts have` : texts.length === 1 ? 'One text has' : `${texts.length} texts have`;
  const why = texts.find((it) => it.reason)?.reason;
  return `${many} been waiting for more than five minutes and will be tried again without you${why ? `: ${why}` : ''}.`;
};
