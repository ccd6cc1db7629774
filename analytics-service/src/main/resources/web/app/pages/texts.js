/** Texts: conversations, what was said in them, and the reply. */
import { html, nothing } from 'lit';
import { get, intention, post, remove } from '../lib/api.js';
import { count as recount } from '../lib/attention.js';
import { known, people, whoHas } from '../lib/people.js';
import { Remote, RemoteList } from '../lib/remote.js';
import { go, link } from '../lib/route.js';
import { segments } from '../lib/segments.js';
import { onClient, session } from '../lib/session.js';
import { clock, dayName, dayOf, today } from '../lib/time.js';
import { count, label, phone, plural } from '../lib/words.js';
import { Element, Page } from '../ui/element.js';
import { choice, clearFilters, searchBox } from '../ui/filters.js';
import { icon } from '../ui/icons.js';
import { ask, attempt, dialog, notice } from '../ui/overlay.js';
import { avatar, badge, empty, exact, moreButton, show, skeleton, when } from '../ui/parts.js';

class Texts extends Page {
  list = new RemoteList(this, async (cursor, signal, query) => {
    const [page] = await Promise.all([get('/api/sms/conversations', { ...query, cursor }, { signal }), people()]);
    return page;
  }, { live: true, start: false });

  willUpdate() {
    const { q, unread, state } = this.route.query;
    this.list.ask(/^[+\d][\d\s().-]{5,}$/.test(q ?? '') ? { phone: q, unread, state } : { q, unread, state }, { keep: true });
  }

  render() {
    const { route } = this;
    const writing = route.id === 'new';
    return html`<div class="page full">
      <header class="head"><h1 tabindex="-1">Texts</h1>
        ${session.mayChange ? html`<button class="button" data-tone="primary" data-create @click=${() => go('texts', 'new', route.query)}>${icon('plus', 16)} New text</button>` : nothing}
      </header>
      <div class="work threads" ?data-open=${route.id && !writing}>
        <section class="work-list card flush" aria-label="Conversations">
          <div class="list-filters">
            ${searchBox(route, 'Search texts or a number')}
            ${choice(route, 'unread', 'Unread', [['', 'All'], ['true', 'Unread']])}
            ${choice(route, 'state', 'State', [['', 'Open and closed'], ['open', 'Open'], ['closed', 'Closed']])}
          </div>
          ${show(this.list, () => this.renderList(), html`<div class="pad">${skeleton(8, 'tall')}</div>`)}
        </section>
        <section class="work-detail card flush" aria-label="Conversation">
          ${route.id && !writing
            ? html`<fd-thread .phone=${route.id} .back=${() => go('texts', null, route.query)} @read=${() => this.list.reload()}></fd-thread>`
            : empty('texts', 'Choose a conversation', 'Or press j to open the next one.')}
        </section>
      </div>
      ${writing ? html`<fd-new-text .route=${route}></fd-new-text>` : nothing}
    </div>`;
  }

  renderList() {
    const { route } = this;
    if (!this.list.items.length) {
      return ['q', 'unread', 'state'].some((name) => route.query[name])
        ? empty('search', 'No conversation matches', 'Try other words or fewer filters.', clearFilters(route, ['q', 'unread', 'state']))
        : empty('texts', 'No texts yet', 'When somebody texts the business, the conversation shows up here.');
    }
    return html`<ul class="conversations">${this.list.items.map((it) => {
      const who = known(it.phone_number);
      const here = it.phone_number === route.id;
      return html`<li><a class="conversation" data-row ?data-unread=${it.unread > 0} href=${link('texts', it.phone_number, route.query)} aria-current=${here ? 'true' : nothing}>
        ${avatar(who?.name)}
        <span class="conversation-text">
          <span class="conversation-top"><span class="person-name">${who?.name || phone(it.phone_number)}</span><span class="row-when">${when(it.last_message_at)}</span></span>
          <span class="conversation-last">${last(it.conversation)}</span>
        </span>
        ${it.unread > 0 ? html`<span class="unread">${it.unread}<span class="visually-hidden"> unread</span></span>` : nothing}
      </a></li>`;
    })}</ul>${moreButton(this.list)}`;
  }
}
customElements.define('fd-texts', Texts);

/** The last message of the conversation as the API writes it. */
const last = (conversation) => (conversation ?? '').split(' | ').at(-1);

const PURPOSES = { confirmation: 'Confirmation', change: 'Change of time', cancellation: 'Cancellation', reminder: 'Reminder', reply: 'Automatic reply', 'text-back': 'Missed-call text', staff: 'Written by staff', 'opt-out': 'Opt-out' };

/** One conversation, newest at the bottom, with the reply under it. */
class Thread extends Element {
  static properties = { phone: {}, back: { attribute: false } };

  messages = new RemoteList(this, (cursor, signal, phone) => get('/api/sms/messages', { phone, cursor }, { signal }), { live: true, start: false });
  person = new Remote(this, (signal, phone) => whoHas(phone, signal), { start: false });
  optOut = new Remote(this, (signal, phone) => get('/api/sms/opt-outs', { phone_number: phone }, { signal }).then((page) => page.items[0] ?? null), { live: true, start: false });
  state = new Remote(this, (signal, phone) => get(`/api/sms/conversations/${encodeURIComponent(phone)}`, {}, { signal }), { live: true, start: false });

  willUpdate(changed) {
    if (!changed.has('phone')) return;
    this.seen = null;
    this.messages.ask(this.phone);
    this.person.ask(this.phone);
    this.optOut.ask(this.phone);
    this.state.ask(this.phone);
  }

  updated() {
    const newest = this.messages.items[0]?.id;
    if (newest && newest !== this.seen) {
      this.seen = newest;
      const place = this.querySelector('.thread-messages');
      if (place) place.scrollTop = place.scrollHeight;
    }
    if (this.state.value?.unread > 0 && session.mayChange && this.reading !== this.state.value.last_message_at) {
      this.reading = this.state.value.last_message_at;
      post(`/api/sms/conversations/${encodeURIComponent(this.phone)}/reading`).then((it) => {
        this.state.set(it);
        this.dispatchEvent(new CustomEvent('read'));
        recount();
      }, () => {});
    }
  }

  render() {
    const who = this.person.value;
    const state = this.state.value;
    return html`<div class="thread">
      <header class="detail-head thread-head">
        <button class="button icon-only ghost back" aria-label="Back to the conversations" @click=${this.back}>${icon('left')}</button>
        ${avatar(who?.name)}
        <div class="detail-title"><h2>${who?.name || phone(this.phone)}</h2><p class="muted tabular">${who?.name ? phone(this.phone) : 'Not a customer yet'}</p></div>
        <a class="button small" href=${link('customers', who?.id, who ? {} : { phone: this.phone })} aria-label="Customer">${icon('customers', 15)}<span class="wide-only">Customer</span></a>
        <a class="button small" href=${link('bookings', 'new', { phone: this.phone, name: who?.name })} aria-label="Book">${icon('plus', 15)}<span class="wide-only">Book</span></a>
        ${state && session.mayChange ? html`<button class="button small" @click=${() => this.turn(state.state === 'open' ? 'closure' : 'opening')}>${state.state === 'open' ? html`${icon('check', 15)}<span class="wide-only">Close</span>` : html`<span>Reopen</span>`}</button>` : nothing}
      </header>
      ${show(this.messages, () => this.renderMessages(), html`<div class="pad thread-messages">${skeleton(6, 'tall')}</div>`)}
      ${this.optOut.value
        ? html`<div class="thread-foot"><div class="alert" data-tone="bad">${icon('ban', 18)}<div><strong>This number has opted out of texts.</strong>
            <div>${how(this.optOut.value)} ${when(this.optOut.value.created_at)}. No text may be sent until they write START.</div></div></div>
            ${session.mayChange ? html`<button class="link" @click=${() => this.optIn()}>They asked for texts again…</button>` : nothing}</div>`
        : session.mayChange ? html`<fd-reply .phone=${this.phone} @sent=${(event) => this.sent(event.detail)} @refused=${() => this.optOut.reload()}></fd-reply>` : nothing}
    </div>`;
  }

  renderMessages() {
    const { items } = this.messages;
    if (!items.length) return html`<div class="thread-messages">${empty('texts', 'No texts with this number', 'The first one can be written below.')}</div>`;
    let day = null;
    return html`<div class="thread-messages" tabindex="0" role="log" aria-label="Messages">
      ${this.messages.value.next ? html`<div class="more"><button class="button small" @click=${() => this.messages.more()}>Earlier texts</button></div>` : nothing}
      ${items.toReversed().map((it) => {
        const own = dayOf(it.created_at);
        const head = own !== day ? html`<p class="thread-day"><span>${own === today() ? 'Today' : dayName(own)}</span></p>` : nothing;
        day = own;
        return html`${head}<div class="message" data-direction=${it.direction} data-status=${it.status}>
          <p class="message-body">${it.message_body}</p>
          <p class="message-meta" title=${exact(it.created_at)}>
            ${it.direction === 'outbound' && PURPOSES[it.purpose] ? html`<span>${PURPOSES[it.purpose]}</span>` : nothing}
            <span>${clock(it.created_at)}</span>
            ${it.direction === 'outbound' ? (it.status === 'failed' ? badge('failed', it.reason ? `Failed: ${it.reason}` : 'Failed') : html`<span>${label(it.status)}</span>`) : nothing}
            ${it.booking_id ? html`<a class="link small" href=${link('bookings', it.booking_id)}>Booking</a>` : nothing}
          </p></div>`;
      })}
    </div>`;
  }

  sent(message) {
    this.messages.set({ ...this.messages.value, items: [message, ...this.messages.items] });
    this.messages.reload();
    this.dispatchEvent(new CustomEvent('read'));
  }

  turn(noun) {
    return attempt(async () => {
      this.state.set(await post(`/api/sms/conversations/${encodeURIComponent(this.phone)}/${noun}`));
      this.dispatchEvent(new CustomEvent('read'));
    }, noun === 'closure' ? 'Conversation closed' : 'Conversation reopened');
  }

  async optIn() {
    const proof = await ask({ title: 'Send texts to this number again?', text: 'Only the person themselves may decide this. What you write here is kept as proof.', field: 'When and how they asked', action: 'Allow texts', required: true });
    if (proof && (await attempt(() => remove(`/api/sms/opt-outs/${encodeURIComponent(this.phone)}`, { proof }), 'Texts are allowed again'))) {
      this.optOut.reload();
    }
  }
}
customElements.define('fd-thread', Thread);

const how = ({ source, proof }) => (source === 'staff' ? `Entered by staff: ${proof}` : `They wrote ${proof ? `“${proof}”` : 'STOP'}`);

/** Writes a text and counts what it takes on the air while it is written. */
class Reply extends Element {
  static properties = { phone: {}, text: { state: true }, busy: { state: true } };

  willUpdate(changed) {
    if (changed.has('phone')) {
      this.text = drafts.get(this.phone) ?? '';
      this.key = null;
    }
  }

  type(text) {
    this.text = text;
    this.key = null;
    drafts.set(this.phone, text);
  }

  async send(event) {
    event?.preventDefault();
    const body = this.text.trim();
    if (!body || this.busy) return;
    this.busy = true;
    this.key ??= intention();
    try {
      const message = await post('/api/sms/messages', { phone_number: this.phone, message_body: body }, { key: this.key });
      this.type('');
      this.dispatchEvent(new CustomEvent('sent', { detail: message }));
      this.querySelector('textarea').focus();
    } catch (problem) {
      notice(problem.message, { tone: 'bad' });
      if (problem.slug === 'opted-out') this.dispatchEvent(new CustomEvent('refused'));
    }
    this.busy = false;
  }

  render() {
    return html`<form class="thread-foot reply" @submit=${(event) => this.send(event)}>
      <textarea rows="2" maxlength="1600" aria-label="Reply" aria-describedby="reply-segments" placeholder="Write a text" .value=${this.text ?? ''}
        @input=${(event) => this.type(event.target.value)}
        @keydown=${(event) => (event.ctrlKey || event.metaKey) && event.key === 'Enter' && this.send(event)}></textarea>
      <div class="line"><span id="reply-segments" class="hint">${counter(this.text ?? '')}</span>
        <span class="hint push wide-only">Ctrl Enter</span>
        <button class="button" data-tone="primary" ?disabled=${!this.text?.trim() || this.busy}>${icon('send', 16)} ${this.busy ? 'Sending…' : 'Send'}</button></div>
    </form>`;
  }
}
customElements.define('fd-reply', Reply);

const drafts = new Map();
onClient(() => drafts.clear());

/** "1 text, 42 left, GSM-7"; names the characters that make a text dearer. */
export function counter(text) {
  const { encoding, parts, left, foreign } = segments(text);
  if (!parts) return 'One text takes 160 characters';
  return html`<span class="tabular">${plural(parts, 'text')}, ${count(left)} left</span> · ${encoding}${foreign.length ? html`<span> because of ${foreign.slice(0, 3).map((it) => html`<b>${it}</b> `)}</span>` : nothing}`;
}

/** A first text to a number. */
class NewText extends Element {
  static properties = { route: { attribute: false }, text: { state: true }, problem: { state: true }, busy: { state: true } };

  key = intention();

  render() {
    const close = () => go('texts', null, { ...this.route.query, phone: '' });
    const { problem } = this;
    return html`<form @submit=${(event) => this.send(event)}>${dialog({
      title: 'New text',
      close,
      body: html`
        <label class="field"><span>To</span><input name="phone" type="tel" autofocus required autocomplete="off" placeholder="Phone number, any spelling" .value=${this.route.query.phone ?? ''} aria-invalid=${!!problem?.about('phone_number')}>
          ${problem?.about('phone_number') ? html`<span class="field-error">${problem.about('phone_number')}</span>` : nothing}</label>
        <label class="field"><span>Text</span><textarea name="body" rows="4" required maxlength="1600" @input=${(event) => { this.text = event.target.value; this.key = intention(); }}></textarea>
          <span class="hint">${counter(this.text ?? '')}</span></label>
        ${problem && !problem.violations.length ? html`<div class="alert" data-tone="bad" role="alert">${icon(problem.slug === 'opted-out' ? 'ban' : 'deliveries', 18)}<span>${problem.message}</span></div>` : nothing}`,
      footer: html`<button type="button" class="button" @click=${close}>Discard</button><button class="button" data-tone="primary" ?disabled=${this.busy}>${icon('send', 16)} Send</button>`,
    })}</form>`;
  }

  async send(event) {
    event.preventDefault();
    const form = event.target.elements;
    this.busy = true;
    try {
      const message = await post('/api/sms/messages', { phone_number: form.phone.value, message_body: form.body.value.trim() }, { key: this.key });
      go('texts', message.phone_number);
      notice('The text is on its way');
    } catch (problem) {
      this.problem = problem;
    }
    this.busy = false;
  }
}
customElements.define('fd-new-text', NewText);
