/** Calls: what was said, how it ended, what came of it. */
import { html, nothing } from 'lit';
import { download, get, headers, patch } from '../lib/api.js';
import { Remote, RemoteList } from '../lib/remote.js';
import { go, link } from '../lib/route.js';
import { session } from '../lib/session.js';
import { length } from '../lib/time.js';
import { label, money, phone } from '../lib/words.js';
import { Page } from '../ui/element.js';
import { choice, clearFilters, dateFilter, searchBox } from '../ui/filters.js';
import { icon } from '../ui/icons.js';
import { attempt } from '../ui/overlay.js';
import { avatar, badge, empty, exact, marked, moreButton, person, show, skeleton, when } from '../ui/parts.js';

const FILTERS = ['q', 'phone', 'status', 'call_type', 'sentiment', 'has_booking', 'min_duration', 'provider', 'from', 'to'];
const PROVIDERS = { vapi: 'Vapi', twilio: 'Twilio', retell: 'Retell' };

class Calls extends Page {
  calls = new RemoteList(this, (cursor, signal, query) => get('/api/calls', { ...query, cursor }, { signal }), { live: true, start: false });
  call = new Remote(this, (signal, id) => get(`/api/calls/${id}`, {}, { signal }), { live: true, start: false });

  willUpdate() {
    const { query, id } = this.route;
    const filters = Object.fromEntries(FILTERS.filter((name) => query[name]).map((name) => [name, query[name]]));
    // A number typed into the search is a number looked for.
    if (/^[+\d][\d\s().-]{5,}$/.test(filters.q ?? '')) {
      filters.phone = filters.q;
      delete filters.q;
    }
    this.calls.ask(filters, { keep: true });
    if (id) this.call.ask(id);
  }

  render() {
    const { route } = this;
    return html`<div class="page full">
      <header class="head"><h1 tabindex="-1">Calls</h1>
        <button class="button" data-file @click=${() => attempt(() => download('/api/calls/export', this.filters(), 'calls.csv'))}>${icon('download', 16)} CSV</button>
      </header>
      <div class="filters">
        ${searchBox(route, 'Transcript or number')}
        ${choice(route, 'status', 'Status', [['', 'Any status'], ['completed', 'Completed'], ['in-progress', 'In progress'], ['no-answer', 'No answer'], ['busy', 'Busy'], ['failed', 'Failed']])}
        ${choice(route, 'call_type', 'Direction', [['', 'In & out'], ['inbound', 'Inbound'], ['outbound', 'Outbound']])}
        ${choice(route, 'sentiment', 'Mood', [['', 'Any mood'], ['positive', 'Positive'], ['neutral', 'Neutral'], ['negative', 'Negative']])}
        ${choice(route, 'has_booking', 'Booking', [['', 'Any booking'], ['true', 'With booking'], ['false', 'Without booking']])}
        ${choice(route, 'min_duration', 'Length', [['', 'Any length'], ['30', '30 s and more'], ['120', '2 min and more'], ['300', '5 min and more']])}
        ${dateFilter(route, 'from', 'From')}${dateFilter(route, 'to', 'To')}
        ${clearFilters(route, FILTERS)}
      </div>
      <div class="work" ?data-open=${!!route.id}>
        <section class="work-list card flush" aria-label="Calls">
          ${show(this.calls, () => this.renderList(), html`<div class="pad">${skeleton(10)}</div>`)}
        </section>
        ${route.id ? html`<section class="work-detail card flush" aria-label="Call">${show(this.call, (it) => this.renderCall(it), html`<div class="pad">${skeleton(6)}</div>`)}</section>` : nothing}
      </div>
    </div>`;
  }

  filters() {
    return Object.fromEntries(FILTERS.map((name) => [name, this.route.query[name]]));
  }

  renderList() {
    const { items } = this.calls;
    const { route } = this;
    if (!items.length) {
      return FILTERS.some((name) => route.query[name])
        ? empty('search', 'No call matches', 'Try fewer filters or other words.', clearFilters(route, FILTERS))
        : empty('calls', 'No calls yet', 'Calls show up here the moment they ring.');
    }
    return html`<table class="table list-table">
      <thead><tr><th scope="col">Caller</th><th scope="col" class="wide">What it was about</th><th scope="col">Status</th><th scope="col" class="number wide">Length</th><th scope="col" class="number wide">Cost</th><th scope="col" class="number">When</th></tr></thead>
      <tbody>${items.map((it) => html`<tr ?data-current=${it.id === route.id} @click=${() => go('calls', it.id, route.query)}>
        <td><a class="cell-person" data-row href=${link('calls', it.id, route.query)} aria-current=${it.id === route.id ? 'true' : nothing} @click=${(event) => event.stopPropagation()}>
          <span class="row-icon" data-tone=${it.call_type === 'outbound' ? 'quiet' : 'info'} title=${label(it.call_type)}>${icon(it.call_type === 'outbound' ? 'out' : 'in', 15)}</span>
          ${person(it.customer_name, it.phone_number)}</a></td>
        <td class="wide clip">${it.summary ?? ''}</td>
        <td><span class="line tight-line">${badge(it.status)}${it.booking_id ? html`<span class="mini" title="With a booking">${icon('bookings', 15)}<span class="visually-hidden">with a booking</span></span>` : nothing}${it.sentiment === 'negative' ? badge('negative') : nothing}</span></td>
        <td class="number wide">${it.duration ? length(it.duration) : '–'}</td>
        <td class="number wide">${Number(it.cost) ? money(it.cost) : '–'}</td>
        <td class="number quiet">${when(it.started_at ?? it.created_at)}</td>
      </tr>`)}</tbody></table>${moreButton(this.calls)}`;
  }

  renderCall(it) {
    const close = () => go('calls', null, this.route.query);
    return html`<div class="detail" @keydown=${(event) => event.key === 'Escape' && !/^(TEXTAREA|INPUT)$/.test(event.target.tagName) && close()}>
      <header class="detail-head">
        <button class="button icon-only ghost back" aria-label="Close" @click=${close}>${icon('close')}</button>
        ${avatar(it.customer_name, 'large')}
        <div class="detail-title"><h2>${it.customer_name || phone(it.phone_number)}</h2>
          <p class="muted"><span class="tabular">${phone(it.phone_number)}</span> · ${label(it.call_type ?? 'inbound')} · ${when(it.started_at ?? it.created_at)}</p></div>
        ${badge(it.status)}
      </header>
      <div class="line actions">
        <a class="button small" href=${link('customers', null, { phone: it.phone_number })}>${icon('customers', 15)} Customer</a>
        <a class="button small" href=${link('texts', it.phone_number)}>${icon('texts', 15)} Text</a>
        ${it.booking_id
          ? html`<a class="button small" href=${link('bookings', it.booking_id)}>${icon('bookings', 15)} Its booking</a>`
          : html`<a class="button small" href=${link('bookings', 'new', { phone: it.phone_number, name: it.customer_name })}>${icon('plus', 15)} Book</a>`}
      </div>
      ${it.summary ? html`<p class="summary">${it.summary}</p>` : nothing}
      <dl class="facts">
        ${fact('Started', exact(it.started_at ?? it.created_at))}
        ${fact('Length', it.duration ? length(it.duration) : null)}
        ${fact('Mood', label(it.sentiment))}
        ${fact('Ended', it.ended_reason ? label(it.ended_reason.replaceAll('-', ' ')) : null)}
        ${fact('Cost', Number(it.cost) ? money(it.cost) : null)}
        ${fact('Answered by', PROVIDERS[it.provider] ?? label(it.provider))}
      </dl>
      ${it.recording_url ? html`<fd-recording .source=${it.recording_url} .consent=${it.recording_consent}></fd-recording>` : nothing}
      <fd-notes .of=${it} .path=${`/api/calls/${it.id}`} @saved=${(event) => { this.call.set(event.detail); this.calls.reload(); }}></fd-notes>
      <section><h3>Transcript</h3>${this.renderTranscript(it)}</section>
    </div>`;
  }

  renderTranscript(it) {
    if (!it.transcript) {
      return html`<p class="muted small">${it.status === 'in-progress' ? 'It comes when the call has ended.' : 'Nothing was said, or nobody wrote it down.'}</p>`;
    }
    return html`<ol class="transcript">${turns(it.transcript).map((turn) => html`<li data-who=${turn.who}>
      ${turn.name ? html`<span class="turn-who">${turn.name}</span>` : nothing}<p>${marked(turn.text, this.route.query.q)}</p></li>`)}</ol>`;
  }
}
customElements.define('fd-calls', Calls);

export const fact = (name, value) => (value ? html`<div><dt>${name}</dt><dd>${value}</dd></div>` : nothing);

const OURS = /^(ai|agent|assistant|bot)$/i;
const THEIRS = /^(user|caller|customer|human)$/i;

/** A transcript as turns; lines without a speaker belong to the turn before. */
function turns(transcript) {
  const found = [];
  for (const line of transcript.split('\n').filter((it) => it.trim())) {
    const [, speaker, said] = /^\s*([\p{L} ]{1,20}):\s*(.*)$/u.exec(line) ?? [];
    if (speaker && (OURS.test(speaker) || THEIRS.test(speaker))) {
      const ours = OURS.test(speaker);
      found.push({ who: ours ? 'us' : 'them', name: ours ? 'Agent' : 'Caller', text: said });
    } else if (found.length) {
      found.at(-1).text += `\n${line}`;
    } else {
      found.push({ who: 'them', text: line });
    }
  }
  return found;
}

/** A recording is fetched when somebody wants to hear it: a plain address could not say who asks. */
class Recording extends Page {
  static properties = { source: {}, consent: { attribute: false }, audio: { state: true }, problem: { state: true }, fetching: { state: true } };

  willUpdate(changed) {
    if (changed.has('source')) this.forget();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forget();
  }

  forget() {
    if (this.audio) URL.revokeObjectURL(this.audio);
    this.audio = null;
    this.problem = null;
  }

  async fetch() {
    this.fetching = true;
    try {
      const answer = await fetch(this.source, { headers: headers({}) });
      if (!answer.ok) throw new Error(answer.status === 404 ? 'The recording is gone.' : `The recording could not be fetched (${answer.status}).`);
      this.audio = URL.createObjectURL(await answer.blob());
    } catch (problem) {
      this.problem = problem.message;
    }
    this.fetching = false;
  }

  render() {
    return html`<section><h3>Recording</h3>
      ${this.audio
        ? html`<audio controls autoplay src=${this.audio}></audio>`
        : html`<button class="button" ?disabled=${this.fetching} @click=${() => this.fetch()}>${icon('calls', 16)} ${this.fetching ? 'Fetching…' : 'Listen'}</button>`}
      ${this.consent === false ? html`<p class="hint">The caller did not agree to be recorded.</p>` : nothing}
      ${this.problem ? html`<p class="field-error" role="alert">${this.problem}</p>` : nothing}
    </section>`;
  }
}
customElements.define('fd-recording', Recording);

/** Notes of staff on anything that has some; says so if somebody else was faster. */
class Notes extends Page {
  static properties = { of: { attribute: false }, path: {}, draft: { state: true }, busy: { state: true } };

  willUpdate(changed) {
    if (changed.has('path')) this.draft = null;
  }

  async save() {
    this.busy = true;
    await attempt(async () => {
      const saved = await patch(this.path, { notes: this.draft.trim() || null }, { ifMatch: this.of.version });
      this.draft = null;
      this.dispatchEvent(new CustomEvent('saved', { detail: saved }));
    }, 'Notes saved');
    this.busy = false;
  }

  render() {
    const changed = this.draft !== null && this.draft !== undefined && this.draft !== (this.of.notes ?? '');
    return html`<section><label class="field"><span><h3>Notes</h3></span>
      <textarea rows="2" maxlength="5000" placeholder="For the team only" ?disabled=${!session.mayChange} .value=${this.draft ?? this.of.notes ?? ''}
        @input=${(event) => (this.draft = event.target.value)}
        @keydown=${(event) => (event.ctrlKey || event.metaKey) && event.key === 'Enter' && changed && this.save()}></textarea></label>
      ${changed ? html`<div class="line"><button class="button small" data-tone="primary" ?disabled=${this.busy} @click=${() => this.save()}>Save notes</button>
        <button class="button small ghost" @click=${() => (this.draft = null)}>Discard</button></div>` : nothing}
    </section>`;
  }
}
customElements.define('fd-notes', Notes);
