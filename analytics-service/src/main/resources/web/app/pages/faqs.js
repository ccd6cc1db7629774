/** FAQs: what the agents answer, in which order, what people asked in vain, and a place to try a question. */
import { html, nothing } from 'lit';
import { all, get, patch, post, remove } from '../lib/api.js';
import { Remote } from '../lib/remote.js';
import { go } from '../lib/route.js';
import { session } from '../lib/session.js';
import { count, percent, plural } from '../lib/words.js';
import { Element, Page } from '../ui/element.js';
import { icon } from '../ui/icons.js';
import { ask, attempt, dialog, notice } from '../ui/overlay.js';
import { badge, empty, show, skeleton, when } from '../ui/parts.js';

class Faqs extends Page {
  static properties = { dragged: { state: true }, order: { state: true } };

  faqs = new Remote(this, (signal) => all('/api/faqs', {}, { signal }));
  unanswered = new Remote(this, (signal) => get('/api/faqs/unanswered', {}, { signal }).then((page) => page.items));
  tried = new Remote(this, (signal, q) => get('/api/faqs/match', { q, limit: 5 }, { signal }).then((page) => page.items), { start: false });

  get sorted() {
    const items = (this.faqs.value ?? []).toSorted((a, b) => a.display_order - b.display_order);
    return this.order ? this.order.map((id) => items.find((it) => it.id === id)).filter(Boolean) : items;
  }

  render() {
    const { id, query } = this.route;
    const editing = id === 'new' ? { category: '', question: query.question ?? '', answer: '', keywords: [], is_active: true } : this.faqs.value?.find((it) => it.id === id);
    return html`<div class="page">
      <header class="head"><div><h1 tabindex="-1">FAQs</h1><p class="muted">What the agents answer on the phone and by text.</p></div>
        ${session.mayChange ? html`<button class="button" data-tone="primary" data-create @click=${() => go('faqs', 'new')}>${icon('plus', 16)} New FAQ</button>` : nothing}</header>
      <div class="columns">
        <section class="card flush span-2" aria-label="FAQs">${show(this.faqs, () => this.renderFaqs(), html`<div class="pad">${skeleton(6, 'tall')}</div>`)}</section>
        <div class="stack">
          <section class="card" aria-labelledby="try-title"><div class="card-head"><h2 id="try-title">Try a question</h2></div>${this.renderTry()}</section>
          <section class="card" aria-labelledby="open-title"><div class="card-head"><h2 id="open-title">Asked in vain</h2></div>
            ${show(this.unanswered, (items) => this.renderUnanswered(items), skeleton(3))}</section>
        </div>
      </div>
      ${editing ? html`<fd-edit-faq .faq=${editing} .categories=${[...new Set((this.faqs.value ?? []).map((it) => it.category))]} .close=${() => go('faqs')} @saved=${() => { go('faqs'); this.faqs.reload(); }}></fd-edit-faq>` : nothing}
    </div>`;
  }

  renderFaqs() {
    const items = this.sorted;
    if (!items.length) return empty('faqs', 'No FAQs yet', 'Write the first answer that the agents should give.');
    return html`<ol class="faqs">${items.map((it, index) => html`<li class="faq" ?data-off=${!it.is_active} ?data-dragged=${this.dragged === it.id} draggable=${session.mayChange ? 'true' : 'false'}
        @dragstart=${(event) => { this.dragged = it.id; event.dataTransfer.effectAllowed = 'move'; }}
        @dragover=${(event) => { event.preventDefault(); this.over(it.id); }} @dragend=${() => this.drop()}>
      ${session.mayChange ? html`<div class="faq-order"><button class="button icon-only ghost tiny" aria-label="Move up" ?disabled=${index === 0} @click=${() => this.shift(index, -1)}>${icon('up', 15)}</button>
        <span class="grip" title="Drag to another place">${icon('grip', 16)}</span>
        <button class="button icon-only ghost tiny" aria-label="Move down" ?disabled=${index === items.length - 1} @click=${() => this.shift(index, 1)}>${icon('down', 15)}</button></div>` : nothing}
      <div class="faq-text"><div class="line"><h2>${it.question}</h2>${it.is_active ? nothing : badge('off', 'Off')}</div>
        <p>${it.answer}</p>
        <div class="line small muted"><span class="tag">${it.category}</span>${it.keywords.map((word) => html`<span>${word}</span>`)}<span class="push tabular">${plural(it.usage_count, 'answer')} given</span></div></div>
      ${session.mayChange ? html`<div class="faq-tools">
        <button class="button icon-only ghost" aria-label="Edit: ${it.question}" title="Edit" data-row @click=${() => go('faqs', it.id)}>${icon('edit', 16)}</button>
        <button class="button icon-only ghost" aria-label="${it.is_active ? 'Switch off' : 'Switch on'}: ${it.question}" title=${it.is_active ? 'Switch off' : 'Switch on'} @click=${() => this.turn(it)}>${icon(it.is_active ? 'ban' : 'check', 16)}</button>
        <button class="button icon-only ghost" aria-label="Delete: ${it.question}" title="Delete" @click=${() => this.drop1(it)}>${icon('erase', 16)}</button></div>` : nothing}
    </li>`)}</ol>`;
  }

  shift(index, by) {
    const ids = this.sorted.map((it) => it.id);
    ids.splice(index + by, 0, ...ids.splice(index, 1));
    return this.save(ids);
  }

  over(id) {
    if (!this.dragged || this.dragged === id) return;
    const ids = this.sorted.map((it) => it.id);
    ids.splice(ids.indexOf(id), 0, ...ids.splice(ids.indexOf(this.dragged), 1));
    this.order = ids;
  }

  drop() {
    this.dragged = null;
    if (this.order) this.save(this.order);
  }

  async save(ids) {
    this.order = ids;
    await attempt(() => post('/api/faqs/order', { ids }));
    await this.faqs.reload();
    this.order = null;
  }

  async turn(it) {
    if (await attempt(() => post(`/api/faqs/${it.id}/${it.is_active ? 'deactivation' : 'activation'}`), it.is_active ? 'The agents no longer give this answer' : 'The agents give this answer again')) this.faqs.reload();
  }

  async drop1(it) {
    if (await ask({ title: 'Delete this FAQ?', text: it.question, action: 'Delete', tone: 'bad' })) {
      if (await attempt(() => remove(`/api/faqs/${it.id}`), 'Deleted')) this.faqs.reload();
    }
  }

  renderTry() {
    return html`<form class="line" @submit=${(event) => { event.preventDefault(); const q = event.target.elements.q.value.trim(); if (q) this.tried.ask(q); }}>
        <input class="grow" name="q" aria-label="Question" placeholder="As a customer would ask it" maxlength="300"><button class="button">Ask</button></form>
      ${this.tried.question !== undefined ? show(this.tried, (items) => items.length
        ? html`<ol class="matches">${items.map((it) => html`<li><div class="line"><strong>${it.question}</strong><span class="push badge" data-tone=${it.score >= 0.5 ? 'good' : 'quiet'}>${percent(it.score * 100)}</span></div><p>${it.answer}</p></li>`)}</ol>`
        : html`<p class="muted matches">No FAQ matches: the agent would say that a person will answer.</p>`, skeleton(2)) : html`<p class="hint">Shows which answer the agents would find, and how sure they are.</p>`}`;
  }

  renderUnanswered(items) {
    if (!items.length) return html`<p class="muted small">Every question found an answer.</p>`;
    return html`<ul class="unanswered">${items.map((it) => html`<li><div><strong>${it.question}</strong><p class="muted small">${count(it.count)}×, ${when(it.last_asked_at)}</p></div>
      ${session.mayChange ? html`<button class="button small" @click=${() => go('faqs', 'new', { question: it.question })}>Answer</button>
      <button class="button icon-only ghost tiny" aria-label="Dismiss: ${it.question}" @click=${async () => { if (await attempt(() => remove(`/api/faqs/unanswered/${it.id}`))) this.unanswered.reload(); }}>${icon('close', 14)}</button>` : nothing}</li>`)}</ul>`;
  }
}
customElements.define('fd-faqs', Faqs);

class EditFaq extends Element {
  static properties = { faq: { attribute: false }, categories: { attribute: false }, close: { attribute: false }, problem: { state: true }, busy: { state: true } };

  render() {
    const { faq: it, problem } = this;
    const error = (name) => (problem?.about(name) ? html`<span class="field-error">${problem.about(name)}</span>` : nothing);
    return html`<form @submit=${(event) => this.save(event)}>${dialog({
      title: it.id ? 'Edit FAQ' : 'New FAQ',
      close: this.close,
      body: html`<label class="field"><span>Question</span><input name="question" required autofocus maxlength="1000" .value=${it.question}>${error('question')}</label>
        <label class="field"><span>Answer</span><textarea name="answer" rows="5" required maxlength="10000" .value=${it.answer}></textarea>${error('answer')}</label>
        <div class="grid-2"><label class="field"><span>Category</span><input name="category" required list="categories" maxlength="100" .value=${it.category}>${error('category')}</label>
          <datalist id="categories">${this.categories.map((one) => html`<option value=${one}></option>`)}</datalist>
          <label class="field"><span>Keywords <span class="optional">with commas</span></span><input name="keywords" .value=${it.keywords.join(', ')}>${error('keywords')}</label></div>
        ${problem && !problem.violations.length ? html`<div class="alert" data-tone="bad" role="alert">${icon('deliveries', 18)}<span>${problem.message}</span></div>` : nothing}`,
      footer: html`<button type="button" class="button" @click=${this.close}>Discard</button><button class="button" data-tone="primary" ?disabled=${this.busy}>Save</button>`,
    })}</form>`;
  }

  async save(event) {
    event.preventDefault();
    const { faq: it } = this;
    const form = event.target.elements;
    const body = { question: form.question.value.trim(), answer: form.answer.value.trim(), category: form.category.value.trim(), keywords: form.keywords.value.split(',').map((word) => word.trim()).filter(Boolean) };
    this.busy = true;
    try {
      await (it.id ? patch(`/api/faqs/${it.id}`, body, { ifMatch: it.version }) : post('/api/faqs', body));
      notice('Saved; the agents know it in a moment');
      this.dispatchEvent(new CustomEvent('saved'));
    } catch (problem) {
      this.problem = problem;
    }
    this.busy = false;
  }
}
customElements.define('fd-edit-faq', EditFaq);
