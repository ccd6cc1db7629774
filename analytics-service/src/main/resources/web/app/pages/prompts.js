/** Prompts: what the voice and text agents are told to be; versions, differences, a look at the result, activation. */
import { html, nothing } from 'lit';
import { get, post } from '../lib/api.js';
import { Remote } from '../lib/remote.js';
import { go, link } from '../lib/route.js';
import { session } from '../lib/session.js';
import { count, plural } from '../lib/words.js';
import { Page } from '../ui/element.js';
import { icon } from '../ui/icons.js';
import { ask, notice } from '../ui/overlay.js';
import { badge, empty, segmented, show, skeleton, when } from '../ui/parts.js';

const TYPES = [['voice', 'Phone'], ['sms', 'Text']];

class Prompts extends Page {
  static properties = { draft: { state: true }, problem: { state: true }, busy: { state: true } };

  versions = new Remote(this, (signal, type) => get('/api/system-prompts', { prompt_type: type, limit: 100 }, { signal }).then((page) => page.items), { start: false });
  preview = new Remote(this, (signal, id) => get(`/api/system-prompts/${id}/preview`, {}, { signal }), { start: false });
  diff = new Remote(this, (signal, { from, to }) => get(`/api/system-prompts/${from}/diff`, { with: to }, { signal }), { start: false });

  get type() {
    return this.route.query.type === 'sms' ? 'sms' : 'voice';
  }

  get active() {
    return this.versions.value?.find((it) => it.is_active);
  }

  get chosen() {
    const all = this.versions.value ?? [];
    return all.find((it) => it.id === this.route.id) ?? this.active ?? all[0];
  }

  get view() {
    return this.route.query.view ?? 'text';
  }

  willUpdate() {
    this.versions.ask(this.type);
    const { chosen, active } = this;
    if (chosen && this.view === 'preview') this.preview.ask(chosen.id);
    if (chosen && active && this.view === 'diff') this.diff.ask({ from: active.id === chosen.id ? this.before(chosen).id : active.id, to: chosen.id });
  }

  /** The version written before another, or itself if it is the first. */
  before(it) {
    const all = this.versions.value;
    return all[all.indexOf(it) + 1] ?? it;
  }

  to(changes, id = this.route.id) {
    go('prompts', id, { ...this.route.query, ...changes });
  }

  render() {
    const writing = this.route.query.view === 'write';
    return html`<div class="page full">
      <header class="head"><div><h1 tabindex="-1">Prompts</h1></div>
        ${segmented('Agent', TYPES, this.type, (type) => { this.draft = null; go('prompts', null, { type }); })}
        ${session.mayChange ? html`<button class="button" data-tone="primary" data-create ?disabled=${writing} @click=${() => this.write()}>${icon('plus', 16)} New version</button>` : nothing}
      </header>
      ${show(this.versions, (all) => all.length || writing ? html`<div class="work prompts">
        <section class="work-list card flush" aria-label="Versions">${all.map((it) => html`<a class="version" data-row href=${link('prompts', it.id, { type: this.type })} aria-current=${it.id === this.chosen?.id && !writing ? 'true' : nothing}>
          <span><strong>${it.prompt_version}</strong> ${it.is_active ? badge('active') : nothing}</span><span class="muted small">${when(it.created_at)} · ${plural(it.system_prompt.length, 'character')}</span></a>`)}</section>
        <section class="work-detail card flush" aria-label="Version">${writing ? this.renderWrite() : this.renderVersion(this.chosen)}</section></div>`
        : html`<section class="card">${empty('prompts', 'No prompt yet', 'Without one, the agent says hello and takes a message.')}</section>`, html`<section class="card">${skeleton(8)}</section>`)}
    </div>`;
  }

  renderVersion(it) {
    const { active } = this;
    const older = active && it.created_at < active.created_at;
    const views = [['text', 'Text'], ['diff', it.is_active ? 'What changed' : 'Against the active one'], ['preview', 'As the agent reads it']];
    return html`<div class="prompt">
      <div class="prompt-head"><h2>${it.prompt_version}</h2>${it.is_active ? badge('active') : nothing}
        ${segmented('View', views, this.view, (view) => this.to({ view: view === 'text' ? '' : view }, it.id))}
        ${session.mayChange && !it.is_active ? html`<button class="button push" data-tone="primary" ?disabled=${this.busy} @click=${() => this.activate(it, older)}>${icon('check', 16)} ${older ? 'Roll back to it' : 'Activate'}</button>` : nothing}
        ${session.mayChange && it.is_active ? html`<button class="button push" @click=${() => this.write(it)}>${icon('edit', 16)} Edit as new version</button>` : nothing}
      </div>
      ${this.view === 'preview' ? show(this.preview, (shown) => html`<pre class="prompt-text" tabindex="0">${shown.text}</pre>`, html`<div class="pad">${skeleton(5)}</div>`)
        : this.view === 'diff' ? this.renderDiff(it)
        : html`<pre class="prompt-text" tabindex="0">${placeholders(it.system_prompt)}</pre>`}
    </div>`;
  }

  renderDiff(it) {
    if (it.is_active && this.before(it) === it) return html`<p class="muted pad">This is the first version.</p>`;
    return show(this.diff, ({ from, to, lines }) => html`<p class="pad-line muted small">From ${from.prompt_version} to ${to.prompt_version}: ${count(lines.filter((line) => kindOf(line) === 'added').length)} lines added, ${count(lines.filter((line) => kindOf(line) === 'removed').length)} removed</p>
      <div class="diff" tabindex="0" role="region" aria-label="Differences">${lines.map((line) => html`<div data-op=${kindOf(line)}><span aria-hidden="true">${{ added: '+', removed: '−', same: '' }[kindOf(line)]}</span><span class="visually-hidden">${kindOf(line) === 'same' ? '' : kindOf(line)}</span><code>${line.text || ' '}</code></div>`)}</div>`, html`<div class="pad">${skeleton(5)}</div>`);
  }

  write(from = this.chosen) {
    this.draft = from?.system_prompt ?? '';
    this.problem = null;
    this.to({ view: 'write' }, from?.id);
  }

  renderWrite() {
    this.draft ??= this.chosen?.system_prompt ?? '';
    const { problem } = this;
    return html`<form class="prompt" @submit=${(event) => this.save(event)}>
      <div class="prompt-head"><h2>New version</h2><span class="muted small">${this.chosen ? `starts from ${this.chosen.prompt_version}` : ''}; nobody hears it before it is activated</span></div>
      <textarea class="prompt-edit" name="text" aria-label="Prompt" autofocus required maxlength="60000" spellcheck="true" .value=${this.draft} aria-invalid=${problem ? 'true' : 'false'} @input=${(event) => (this.draft = event.target.value)}></textarea>
      ${problem ? html`<div class="alert" data-tone="bad" role="alert">${icon('deliveries', 18)}<span>${problem.about('system_prompt') ?? problem.message}</span></div>` : nothing}
      <div class="line prompt-foot"><span class="hint">Filled in by itself: ${['business_name', 'today', 'time', 'services', 'opening_hours', 'currency', 'faqs'].map((name) => html`<code class="placeholder">{{${name}}}</code> `)}</span>
        <button type="button" class="button push" @click=${() => { this.draft = null; this.to({ view: '' }); }}>Discard</button><button class="button" data-tone="primary" ?disabled=${this.busy || this.draft === this.chosen?.system_prompt}>Save version</button></div>
    </form>`;
  }

  async save(event) {
    event.preventDefault();
    await this.run(async () => {
      const made = await post('/api/system-prompts', { prompt_type: this.type, system_prompt: this.draft });
      this.draft = null;
      notice(`${made.prompt_version} is saved, not active yet`);
      await this.versions.reload();
      this.to({ view: 'diff' }, made.id);
    });
  }

  async activate(it, older) {
    const sure = await ask({ title: older ? `Roll back to ${it.prompt_version}?` : `Activate ${it.prompt_version}?`, text: older ? 'Its text becomes a new version, and the agent follows it from its next conversation.' : 'The agent follows it from its next conversation.', action: older ? 'Roll back' : 'Activate' });
    if (!sure) return;
    await this.run(async () => {
      const now = await post(`/api/system-prompts/${it.id}/${older ? 'rollback' : 'activation'}`);
      if (older && !now.is_active) await post(`/api/system-prompts/${now.id}/activation`);
      notice(`${now.prompt_version} is active`);
      await this.versions.reload();
      this.to({ view: '' }, now.id);
    });
  }

  async run(work) {
    this.busy = true;
    this.problem = null;
    try {
      await work();
    } catch (problem) {
      this.problem = problem;
      if (this.view !== 'write') notice(problem.message, { tone: 'bad' });
    }
    this.busy = false;
  }
}
customElements.define('fd-prompts', Prompts);

const kindOf = ({ op }) => ({ '+': 'added', '-': 'removed', added: 'added', removed: 'removed', insert: 'added', delete: 'removed' })[op] ?? 'same';

/** The places that are filled in, marked. */
const placeholders = (text) => text.split(/(\{\{\s*\w+\s*\}\})/).map((part, index) => (index % 2 ? html`<code class="placeholder">${part}</code>` : part));
