/** Customers: who they are, everything that happened with them, and the right to be one person or none. */
import { html, nothing } from 'lit';
import { download, get, patch, post, put, remove } from '../lib/api.js';
import { learn } from '../lib/people.js';
import { Remote, RemoteList } from '../lib/remote.js';
import { go, link } from '../lib/route.js';
import { session } from '../lib/session.js';
import { dayOf, longDay, clock, today } from '../lib/time.js';
import { count, money, phone, plural } from '../lib/words.js';
import { Element, Page } from '../ui/element.js';
import { clearFilters, refine, searchBox } from '../ui/filters.js';
import { icon } from '../ui/icons.js';
import { ask, attempt, dialog, notice } from '../ui/overlay.js';
import { avatar, empty, moreButton, person, segmented, show, skeleton, when } from '../ui/parts.js';
import { fact } from './calls.js';

const FILTERS = ['q', 'tag'];

class Customers extends Page {
  list = new RemoteList(this, (cursor, signal, query) => get('/api/customers', { ...query, cursor }, { signal }), { live: true, start: false });

  willUpdate() {
    const { q, tag, phone: number } = this.route.query;
    this.list.ask({ q, tag }, { keep: true });
    if (number && !this.route.id && this.looking !== number) this.find(number);
  }

  /** A number from elsewhere opens its customer, or the form for a new one. */
  async find(number) {
    this.looking = number;
    try {
      const { items } = await get('/api/customers', { phone: number, limit: 1 });
      go('customers', items[0]?.id ?? 'new', items[0] ? {} : { phone: number }, { replace: true });
    } catch (problem) {
      notice(problem.message, { tone: 'bad' });
    }
    this.looking = null;
  }

  render() {
    const { route } = this;
    const writing = route.id === 'new';
    const query = { q: route.query.q, tag: route.query.tag };
    return html`<div class="page full">
      <header class="head"><h1 tabindex="-1">Customers</h1>
        <button class="button" data-file @click=${() => attempt(() => download('/api/customers/export', query, 'customers.csv'))}>${icon('download', 16)} CSV</button>
        ${session.mayChange ? html`<button class="button" data-tone="primary" data-create @click=${() => go('customers', 'new', query)}>${icon('plus', 16)} New customer</button>` : nothing}
      </header>
      <div class="filters">${searchBox(route, 'Name, number or e-mail')}
        ${route.query.tag ? html`<button class="tag" data-set @click=${() => refine(route, { tag: '' })}>${route.query.tag} ${icon('close', 12)}<span class="visually-hidden">remove this filter</span></button>` : nothing}
        ${clearFilters(route, FILTERS)}</div>
      <div class="work" ?data-open=${route.id && !writing}>
        <section class="work-list card flush" aria-label="Customers">${show(this.list, () => this.renderList(query), html`<div class="pad">${skeleton(10)}</div>`)}</section>
        ${route.id && !writing ? html`<section class="work-detail card flush" aria-label="Customer"><fd-customer .customer=${route.id} .query=${query} .close=${() => go('customers', null, query)} @changed=${() => this.list.reload()}></fd-customer></section>` : nothing}
      </div>
      ${writing ? html`<fd-edit-customer .customer=${{ phone: route.query.phone ?? '', tags: [] }} .close=${() => go('customers', null, query)} @saved=${(event) => { this.list.reload(); go('customers', event.detail.id, query); }}></fd-edit-customer>` : nothing}
    </div>`;
  }

  renderList(query) {
    const { route } = this;
    if (!this.list.items.length) {
      return FILTERS.some((name) => route.query[name])
        ? empty('search', 'Nobody matches', 'Try a part of the name or the last digits of the number.', clearFilters(route, FILTERS))
        : empty('customers', 'No customers yet', 'Whoever calls, texts or books is remembered here.');
    }
    return html`<table class="table list-table">
      <thead><tr><th scope="col">Customer</th><th scope="col" class="wide">Tags</th><th scope="col" class="number">Bookings</th><th scope="col" class="number wide">Calls</th><th scope="col" class="number wide">Spent</th><th scope="col" class="number">Last contact</th></tr></thead>
      <tbody>${this.list.items.map((it) => html`<tr ?data-current=${it.id === route.id} @click=${() => go('customers', it.id, query)}>
        <td><a class="cell-person" data-row href=${link('customers', it.id, query)} aria-current=${it.id === route.id ? 'true' : nothing} @click=${(event) => event.stopPropagation()}>${avatar(it.name)}${person(it.name, it.phone)}</a></td>
        <td class="wide"><span class="line tight-line">${it.tags.map((tag) => html`<button class="tag" @click=${(event) => { event.stopPropagation(); refine(route, { tag }); }}>${tag}</button>`)}</span></td>
        <td class="number"><span class="phone-only">${plural(it.total_bookings, 'booking')}</span><span class="desk-only">${count(it.total_bookings)}</span></td>
        <td class="number wide">${count(it.total_calls)}</td>
        <td class="number wide">${Number(it.total_spent) ? money(it.total_spent) : '–'}</td>
        <td class="number quiet">${when(it.last_contact) === nothing ? '–' : when(it.last_contact)}</td>
      </tr>`)}</tbody></table>${moreButton(this.list)}`;
  }
}
customElements.define('fd-customers', Customers);

const KINDS = { call: ['calls', 'Calls'], text: ['texts', 'Texts'], booking: ['bookings', 'Bookings'] };

class CustomerDetail extends Element {
  static properties = { customer: {}, query: { attribute: false }, close: { attribute: false }, editing: { state: true }, merging: { state: true }, kind: { state: true } };

  it = new Remote(this, (signal, id) => get(`/api/customers/${id}/history`, {}, { signal }), { live: true, start: false });

  willUpdate(changed) {
    if (!changed.has('customer')) return;
    this.kind = 'all';
    this.editing = this.merging = false;
    this.it.ask(this.customer);
  }

  render() {
    if (this.it.error?.status === 404) return empty('customers', 'There is no such customer', 'They may have been erased, or belong to another client.', html`<button class="button" @click=${this.close}>Close</button>`);
    return show(this.it, (it) => this.renderIt(it), html`<div class="pad">${skeleton(7)}</div>`);
  }

  renderIt(it) {
    const timeline = it.timeline.filter((one) => this.kind === 'all' || one.kind === this.kind);
    return html`<div class="detail">
      <header class="detail-head">
        <button class="button icon-only ghost back" aria-label="Close" @click=${this.close}>${icon('close')}</button>
        ${avatar(it.name, 'large')}
        <div class="detail-title"><h2>${it.name || phone(it.phone)}</h2><p class="muted tabular">${phone(it.phone)}</p></div>
      </header>
      <div class="line actions">
        <a class="button small" href=${link('texts', it.phone)}>${icon('texts', 15)} Text</a>
        <a class="button small" href=${link('bookings', 'new', { phone: it.phone, name: it.name })}>${icon('plus', 15)} Book</a>
        ${session.mayChange ? html`<button class="button small" @click=${() => (this.editing = true)}>${icon('edit', 15)} Edit</button>
          <button class="button small" @click=${() => (this.merging = true)}>${icon('merge', 15)} Merge…</button>
          <button class="button small" data-tone="bad" @click=${() => this.erase(it)}>${icon('erase', 15)} Erase…</button>` : nothing}
      </div>
      <div class="counts">
        <div><strong>${count(it.booking_count ?? it.total_bookings)}</strong><span>bookings</span></div>
        <div><strong>${count(it.call_count ?? it.total_calls)}</strong><span>calls</span></div>
        <div><strong>${money(it.total_spent)}</strong><span>spent</span></div>
      </div>
      <div class="line tags">${icon('tag', 15)}${it.tags.map((tag) => html`<span class="tag">${tag}${session.mayChange ? html`<button aria-label="Remove ${tag}" @click=${() => this.tag(tag, false)}>${icon('close', 12)}</button>` : nothing}</span>`)}
        ${session.mayChange ? html`<form @submit=${(event) => { event.preventDefault(); const { tag } = event.target.elements; if (tag.value.trim()) this.tag(tag.value.trim(), true); tag.value = ''; }}><input class="tag-input" name="tag" aria-label="Add a tag" placeholder="Add a tag" maxlength="50"></form>` : nothing}</div>
      ${it.email || it.address ? html`<dl class="facts">${fact('E-mail', it.email)}${fact('Address', it.address)}${fact('Customer since', when(it.created_at))}${fact('Last contact', it.last_contact ? when(it.last_contact) : null)}</dl>` : nothing}
      <fd-notes .of=${it} .path=${`/api/customers/${it.id}`} @saved=${() => this.it.reload()}></fd-notes>
      <section><div class="card-head"><h3>Timeline</h3>${segmented('Kind', [['all', 'All'], ...Object.entries(KINDS).map(([kind, [, name]]) => [kind, name])], this.kind, (kind) => (this.kind = kind))}</div>
        ${timeline.length ? this.renderTimeline(timeline) : html`<p class="muted small">Nothing yet.</p>`}</section>
    </div>
    ${this.editing ? html`<fd-edit-customer .customer=${it} .close=${() => (this.editing = false)} @saved=${() => { this.editing = false; this.changed(); }}></fd-edit-customer>` : nothing}
    ${this.merging ? html`<fd-merge .customer=${it} .close=${() => (this.merging = false)} @merged=${(event) => { this.merging = false; this.changed(); go('customers', event.detail.id, this.query); }}></fd-merge>` : nothing}`;
  }

  renderTimeline(entries) {
    let day = null;
    return html`<ol class="timeline">${entries.slice(0, 200).map((it) => {
      const own = dayOf(it.at);
      const head = own === day ? nothing : html`<li class="timeline-day">${own === today() ? 'Today' : longDay(own)}${own.slice(0, 4) === today().slice(0, 4) ? '' : `, ${own.slice(0, 4)}`}</li>`;
      day = own;
      const [page] = KINDS[it.kind];
      return html`${head}<li><a href=${link(page, it.kind === 'text' ? this.it.value.phone : it.id)}><span class="row-icon" data-kind=${it.kind}>${icon(page, 15)}</span><span>${it.summary}</span><span class="row-when">${clock(it.at)}</span></a></li>`;
    })}</ol>`;
  }

  changed() {
    this.it.reload();
    this.dispatchEvent(new CustomEvent('changed'));
  }

  async tag(tag, add) {
    const path = `/api/customers/${this.it.value.id}/tags/${encodeURIComponent(tag)}`;
    if (await attempt(() => (add ? put(path) : remove(path)))) this.changed();
  }

  async erase(it) {
    const sure = await ask({ title: `Erase ${it.name || phone(it.phone)}?`, text: 'Name, number, address, notes, transcripts, recordings and texts are made unreadable everywhere within a minute. Numbers for the business stay. This cannot be undone.', action: 'Erase this person', tone: 'bad' });
    if (sure && (await attempt(() => post(`/api/customers/${it.id}/erasure`), 'The person is being erased everywhere'))) {
      this.dispatchEvent(new CustomEvent('changed'));
      this.close();
    }
  }
}
customElements.define('fd-customer', CustomerDetail);

class EditCustomer extends Element {
  static properties = { customer: { attribute: false }, close: { attribute: false }, problem: { state: true }, busy: { state: true } };

  render() {
    const { customer: it, problem } = this;
    const field = (name, text, type = 'text', extra = {}) => html`<label class="field"><span>${text}</span>
      <input name=${name} type=${type} autocomplete="off" .value=${it[name] ?? ''} ?required=${extra.required} ?autofocus=${extra.autofocus} ?disabled=${extra.disabled} aria-invalid=${problem?.about(name) ? 'true' : 'false'}>
      ${problem?.about(name) ? html`<span class="field-error">${problem.about(name)}</span>` : nothing}</label>`;
    return html`<form @submit=${(event) => this.save(event)}>${dialog({
      title: it.id ? 'Edit customer' : 'New customer',
      close: this.close,
      body: html`${field('name', 'Name', 'text', { required: true, autofocus: true })}
        ${field('phone', it.id ? 'Phone (another number is another customer to merge)' : 'Phone', 'tel', { required: true, disabled: !!it.id })}
        ${field('email', 'E-mail', 'email')}${field('address', 'Address')}
        ${problem && !problem.violations.length ? html`<div class="alert" data-tone="bad" role="alert">${icon('deliveries', 18)}<span>${problem.message}</span></div>` : nothing}`,
      footer: html`<button type="button" class="button" @click=${this.close}>Discard</button><button class="button" data-tone="primary" ?disabled=${this.busy}>Save</button>`,
    })}</form>`;
  }

  async save(event) {
    event.preventDefault();
    const { customer: it } = this;
    const form = event.target.elements;
    const body = { name: form.name.value.trim(), email: form.email.value.trim() || null, address: form.address.value.trim() || null };
    this.busy = true;
    try {
      const saved = it.id
        ? await patch(`/api/customers/${it.id}`, body, { ifMatch: it.version })
        : await post('/api/customers', { ...body, phone: form.phone.value.trim() });
      learn(saved);
      notice('Saved');
      this.dispatchEvent(new CustomEvent('saved', { detail: saved }));
    } catch (problem) {
      this.problem = problem;
    }
    this.busy = false;
  }
}
customElements.define('fd-edit-customer', EditCustomer);

/** Finds the customer that this one is really the same as. */
class Merge extends Element {
  static properties = { customer: { attribute: false }, close: { attribute: false }, into: { state: true }, busy: { state: true }, words: { state: true } };

  found = new Remote(this, (signal, q) => get('/api/customers', { q, limit: 8 }, { signal }).then((page) => page.items), { start: false });

  willUpdate() {
    this.found.ask(this.words ?? (this.customer.name ?? '').split(' ').at(-1), { keep: true });
  }

  render() {
    const { customer: it, into } = this;
    return dialog({
      title: `Merge ${it.name || phone(it.phone)}`,
      subtitle: html`<p class="muted">${phone(it.phone)} will lead to the customer you choose; their calls, texts and bookings come together.</p>`,
      close: this.close,
      body: html`<div class="search wide-search">${icon('search', 16)}<input type="search" autofocus aria-label="Find the other customer" placeholder="Name or number of the other" @input=${(event) => (this.words = event.target.value.trim())}></div>
        ${show(this.found, (items) => {
          const others = items.filter((one) => one.id !== it.id);
          return others.length
            ? html`<ul class="choices" role="radiogroup" aria-label="Customers">${others.map((one) => html`<li><label class="service" ?data-chosen=${into?.id === one.id}><input type="radio" name="into" .checked=${into?.id === one.id} @change=${() => (this.into = one)}>${person(one.name, one.phone)}<span class="muted small push">${plural(one.total_bookings, 'booking')}</span></label></li>`)}</ul>`
            : html`<p class="muted">Nobody else matches.</p>`;
        }, skeleton(3))}`,
      footer: html`<button class="button" @click=${this.close}>Leave it</button><button class="button" data-tone="primary" ?disabled=${!into || this.busy} @click=${() => this.merge()}>${into ? `Merge into ${into.name || phone(into.phone)}` : 'Merge'}</button>`,
    });
  }

  async merge() {
    this.busy = true;
    await attempt(async () => {
      const kept = await post(`/api/customers/${this.customer.id}/merge`, { into: this.into.id });
      this.dispatchEvent(new CustomEvent('merged', { detail: kept ?? this.into }));
    }, 'Merged');
    this.busy = false;
  }
}
customElements.define('fd-merge', Merge);
