/** The shell: who and what, where to go, keys, colours; the page in the middle is named by the address. */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { get } from './lib/api.js';
import { authenticate, signOut } from './lib/oidc.js';
import { attention } from './lib/attention.js';
import { onState } from './lib/live.js';
import { here, link, go } from './lib/route.js';
import { begin, choose, enter, onClient, session } from './lib/session.js';
import { clock, exact, zoneName } from './lib/time.js';
import { Element } from './ui/element.js';
import { icon } from './ui/icons.js';
import { dialog } from './ui/overlay.js';
import './ui/chart.js';
import './pages/today.js';
import './pages/calls.js';
import './pages/texts.js';
import './pages/bookings.js';
import './pages/customers.js';
import './pages/faqs.js';
import './pages/prompts.js';
import './pages/deliveries.js';

const PAGES = [
  { id: 'today', name: 'Today', key: 't', view: (route) => html`<fd-today .route=${route}></fd-today>` },
  { id: 'calls', name: 'Calls', key: 'c', view: (route) => html`<fd-calls .route=${route}></fd-calls>` },
  { id: 'texts', name: 'Texts', key: 'x', view: (route) => html`<fd-texts .route=${route}></fd-texts>` },
  { id: 'bookings', name: 'Bookings', key: 'b', view: (route) => html`<fd-bookings .route=${route}></fd-bookings>` },
  { id: 'customers', name: 'Customers', key: 'p', view: (route) => html`<fd-customers .route=${route}></fd-customers>` },
  { id: 'faqs', name: 'FAQs', key: 'q', view: (route) => html`<fd-faqs .route=${route}></fd-faqs>` },
  { id: 'prompts', name: 'Prompts', key: 'a', view: (route) => html`<fd-prompts .route=${route}></fd-prompts>` },
  { id: 'deliveries', name: 'Deliveries', key: 'd', view: (route) => html`<fd-deliveries .route=${route}></fd-deliveries>` },
];
const ON_A_PHONE = ['today', 'calls', 'texts', 'bookings'];
const THEMES = { auto: 'As the system', light: 'Light', dark: 'Dark' };

class App extends Element {
  static properties = {
    route: { state: true },
    ready: { state: true },
    broken: { state: true },
    connection: { state: true },
    help: { state: true },
    menu: { state: true },
    counts: { state: true },
    theme: { state: true },
    keys: { state: true },
  };

  constructor() {
    super();
    this.route = here();
    this.counts = {};
    this.theme = remember('theme') ?? 'auto';
    this.keys = remember('keys') !== 'off';
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('hashchange', () => this.moved());
    addEventListener('keydown', (event) => this.pressed(event));
    setInterval(() => this.requestUpdate(), 15_000);
    onClient(() => this.requestUpdate());
    this.start();
  }

  async start() {
    this.broken = null;
    try {
      await begin();
      await authenticate();
      if (session.security === 'jwt') enter(await get('/api/analytics/client'));
      this.route = here();
      this.ready = true;
      this.titled();
      onState((state) => (this.connection = state));
      attention((counts) => (this.counts = counts));
    } catch (problem) {
      this.broken = problem;
    }
  }

  moved() {
    const before = this.route.page;
    this.route = here();
    this.menu = false;
    this.titled();
    if (before !== this.route.page) {
      this.updateComplete.then(() => this.querySelector('main h1')?.focus({ preventScroll: true }));
      scrollTo(0, 0);
    }
  }

  titled() {
    const page = PAGES.find((it) => it.id === this.route.page);
    document.title = `${page?.name ?? 'Not found'} · ${session.client.name ?? session.client.id} · Frontdesk`;
  }

  pressed(event) {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]') || document.querySelector('dialog[open]');
    if (event.key === 'Escape' && this.menu) this.menu = false;
    if (typing || !this.keys || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === '?') {
      this.help = true;
    } else if (event.key === '/') {
      const search = this.querySelector('main input[type=search]');
      if (!search) return;
      search.focus();
      search.select();
    } else if (event.key === 'n') {
      const create = this.querySelector('main [data-create]');
      if (!create) return;
      create.click();
    } else if (event.key === 'j' || event.key === 'k') {
      this.step(event.key === 'j' ? 1 : -1);
    } else if (event.key === 'g') {
      this.going = Date.now();
      return;
    } else if (this.going > Date.now() - 1200 && PAGES.some((it) => it.key === event.key)) {
      go(PAGES.find((it) => it.key === event.key).id);
    } else {
      return;
    }
    this.going = 0;
    event.preventDefault();
  }

  /** The next row of the list on the page. */
  step(by) {
    const rows = [...this.querySelectorAll('main [data-row]')];
    if (!rows.length) return;
    const now = rows.findIndex((row) => row === document.activeElement || row.getAttribute('aria-current') === 'true');
    const next = rows[Math.min(rows.length - 1, Math.max(0, now + by))];
    next.focus();
    next.click();
  }

  dye() {
    const all = Object.keys(THEMES);
    this.theme = all[(all.indexOf(this.theme) + 1) % all.length];
    remember('theme', this.theme);
    document.documentElement.dataset.theme = this.theme;
    dispatchEvent(new Event('fd-theme'));
  }

  render() {
    if (this.broken) return this.renderBroken();
    if (!this.ready) return html`<div class="splash" role="status"><span class="brand-mark">${icon('bell', 26)}</span><span class="visually-hidden">Frontdesk is starting</span></div>`;
    const page = PAGES.find((it) => it.id === this.route.page);
    return html`
      <a class="skip" href="#content" @click=${(event) => { event.preventDefault(); this.querySelector('main h1')?.focus(); }}>Skip to the page</a>
      <div class="shell">
        <nav class="side" aria-label="Pages">
          <div class="brand"><span class="brand-mark">${icon('bell', 20)}</span><span class="brand-name">Frontdesk</span></div>
          ${this.renderClient('side')}
          <ul class="side-pages">${PAGES.map((it) => this.renderLink(it))}</ul>
          <div class="side-foot">
            ${this.renderConnection()}
            <div class="side-tools">
              <button class="button icon-only ghost" title="Colours: ${THEMES[this.theme]}" aria-label="Colours: ${THEMES[this.theme]}" @click=${() => this.dye()}>${icon(this.theme === 'dark' ? 'moon' : this.theme === 'light' ? 'sun' : 'auto')}</button>
              <button class="button icon-only ghost" title="Keys (?)" aria-label="Keys" @click=${() => (this.help = true)}>${icon('keyboard')}</button>
              ${session.security === 'jwt' ? html`<button class="button icon-only ghost" title="Sign out ${session.user}" aria-label="Sign out" @click=${signOut}>${icon('exit')}</button>` : nothing}
            </div>
          </div>
        </nav>
        <main id="content">${page ? page.view(this.route) : this.renderUnknown()}</main>
        <nav class="tabs" aria-label="Pages, short">
          ${PAGES.filter((it) => ON_A_PHONE.includes(it.id)).map((it) => html`<a href=${link(it.id)} aria-current=${it.id === page?.id ? 'page' : nothing}>
            <span class="tab-icon">${icon(it.id, 21)}${this.counts[it.id] ? html`<span class="dot">${this.counts[it.id]}</span>` : nothing}</span>${it.name}</a>`)}
          <button aria-expanded=${!!this.menu} @click=${() => (this.menu = !this.menu)}><span class="tab-icon">${icon('more', 21)}</span>More</button>
        </nav>
      </div>
      ${this.menu ? this.renderMenu() : nothing}
      ${this.help ? this.renderHelp() : nothing}`;
  }

  renderLink(it) {
    const count = this.counts[it.id];
    return html`<li><a href=${link(it.id)} aria-current=${it.id === this.route.page ? 'page' : nothing}>
      ${icon(it.id)}<span>${it.name}</span>
      ${count ? html`<span class="side-count" title=${this.counts[`${it.id}Why`] ?? ''}>${count}<span class="visually-hidden"> ${this.counts[`${it.id}Why`] ?? ''}</span></span>` : nothing}
    </a></li>`;
  }

  renderClient(place) {
    const { clients, client } = session;
    const detail = html`<span class="client-time" title=${exact(Date.now())}>${clock(Date.now())} <span>${zoneName()}</span></span>`;
    return html`<div class="client">
      ${clients.length > 1
        ? html`<label class="visually-hidden" for="client-${place}">Client</label>
          <div class="client-pick"><select id="client-${place}" .value=${live(client.id)} @change=${(event) => choose(event.target.value)}>
            ${clients.map((it) => html`<option value=${it.id} ?selected=${it.id === client.id}>${it.name ?? it.id}</option>`)}
          </select>${icon('down', 14)}</div>`
        : html`<strong class="client-name">${client.name ?? client.id}</strong>`}
      ${detail}
    </div>`;
  }

  renderConnection() {
    const words = { live: 'Live', connecting: 'Connecting…', lost: 'Not live' };
    return html`<span class="live" data-state=${this.connection} role="status"><i></i>${words[this.connection] ?? ''}</span>`;
  }

  renderMenu() {
    return html`<div class="menu-back" @click=${() => (this.menu = false)}></div>
      <div class="menu" role="dialog" aria-label="More">
        ${this.renderClient('menu')}
        <ul class="side-pages">${PAGES.filter((it) => !ON_A_PHONE.includes(it.id)).map((it) => this.renderLink(it))}</ul>
        <div class="menu-foot">
          ${this.renderConnection()}
          <button class="button" @click=${() => this.dye()}>${icon(this.theme === 'dark' ? 'moon' : this.theme === 'light' ? 'sun' : 'auto', 16)} ${THEMES[this.theme]}</button>
        </div>
      </div>`;
  }

  renderHelp() {
    const rows = [
      ['/', 'Search on this page'],
      ['n', 'New: booking, text, FAQ, version'],
      ['j  k', 'Next and previous row'],
      ['Esc', 'Close what is open'],
      ['Ctrl Enter', 'Send the reply being written'],
      ...PAGES.map((it) => [`g ${it.key}`, it.name]),
      ['?', 'These keys'],
    ];
    return dialog({
      title: 'Keys',
      close: () => (this.help = false),
      body: html`<dl class="keys">${rows.map(([keys, text]) => html`<div><dt>${keys.split(/ +/).map((key) => html`<kbd>${key}</kbd>`)}</dt><dd>${text}</dd></div>`)}</dl>
        <label class="check"><input type="checkbox" .checked=${this.keys} @change=${(event) => { this.keys = event.target.checked; remember('keys', this.keys ? 'on' : 'off'); }}> Single keys work</label>`,
    });
  }

  renderUnknown() {
    return html`<div class="blank tall"><span class="blank-icon">${icon('search', 26)}</span><h1 tabindex="-1">There is no such page</h1>
      <p>The address may be mistyped.</p><a class="button" href=${link('today')}>Go to Today</a></div>`;
  }

  renderBroken() {
    return html`<main class="splash" role="alert"><span class="brand-mark">${icon('bell', 26)}</span><h1>Frontdesk cannot start</h1>
      <p>${this.broken.message}</p><button class="button" data-tone="primary" @click=${() => this.start()}>Try again</button></main>`;
  }
}

/** A preference of this browser; may be refused in private windows. */
function remember(name, value) {
  try {
    if (value === undefined) return localStorage.getItem(`frontdesk.${name}`);
    localStorage.setItem(`frontdesk.${name}`, value);
  } catch {
    // Then it lasts as long as the page.
  }
  return null;
}

document.documentElement.dataset.theme = remember('theme') ?? 'auto';
customElements.define('fd-app', App);
