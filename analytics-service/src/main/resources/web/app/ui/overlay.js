/** Dialogs, questions and short notices. */
import { html, nothing, render } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { icon } from './icons.js';

/** Ref callback that opens a `<dialog>` as it appears. */
const opened = ref((element) =>
  queueMicrotask(() => {
    if (!element?.isConnected || element.open) return;
    element.showModal();
    // Without a field that asks for it, the title is where reading starts, not the cross.
    if (!element.querySelector('[autofocus]')) element.querySelector('h2').focus();
  }));

/** A modal dialog; `close` is called by Escape, the cross and a press outside. */
export const dialog = ({ title, close, body, footer = nothing, wide = false, subtitle = nothing }) => html`<dialog ${opened}
    class="dialog ${wide ? 'dialog-wide' : ''}" aria-labelledby="dialog-title"
    @cancel=${(event) => { event.preventDefault(); close(); }}
    @mousedown=${(event) => event.target === event.currentTarget && close()}>
  <div class="dialog-sheet">
    <header class="dialog-head">
      <div><h2 id="dialog-title" tabindex="-1">${title}</h2>${subtitle}</div>
      <button type="button" class="button icon-only ghost" aria-label="Close" @click=${close}>${icon('close')}</button>
    </header>
    <div class="dialog-body">${body}</div>
    ${footer === nothing ? nothing : html`<footer class="dialog-foot">${footer}</footer>`}
  </div>
</dialog>`;

/** Asks before something that cannot be undone; answers the text given, true or null. */
export function ask({ title, text, action, tone = 'primary', field, placeholder, required = false }) {
  return new Promise((answer) => {
    const place = document.createElement('div');
    document.body.append(place);
    const finish = (value) => {
      render(nothing, place);
      place.remove();
      answer(value);
    };
    const submit = (event) => {
      event.preventDefault();
      finish(field ? event.target.elements.answer.value.trim() : true);
    };
    render(
      html`<form @submit=${submit}>${dialog({
        title,
        close: () => finish(null),
        body: html`${text ? html`<p class="muted">${text}</p>` : nothing}
          ${field ? html`<label class="field"><span>${field}</span><input name="answer" autocomplete="off" autofocus placeholder=${placeholder ?? ''} ?required=${required}></label>` : nothing}`,
        footer: html`<button type="button" class="button" @click=${() => finish(null)}>Keep it as it is</button>
          <button class="button" data-tone=${tone}>${action}</button>`,
      })}</form>`,
      place,
    );
  });
}

/** Says something for a few seconds, with an action if one is given; read out by screen readers. */
export function notice(text, { tone = 'good', action, act } = {}) {
  const place = document.getElementById('notices');
  const item = document.createElement('div');
  item.className = 'notice';
  item.dataset.tone = tone;
  const leave = () => item.remove();
  render(
    html`<span class="notice-icon">${icon(tone === 'bad' ? 'deliveries' : 'check', 16)}</span><span>${text}</span>
      ${action ? html`<button class="notice-action" @click=${() => { leave(); act(); }}>${action}</button>` : nothing}
      <button class="notice-close" aria-label="Dismiss" @click=${leave}>${icon('close', 14)}</button>`,
    item,
  );
  place.append(item);
  setTimeout(leave, tone === 'bad' ? 9000 : 5000);
}

/** Does something and says how it went; true if it worked. */
export async function attempt(work, done) {
  try {
    const value = await work();
    if (done) notice(typeof done === 'function' ? done(value) : done);
    return true;
  } catch (problem) {
    notice(problem.message, { tone: 'bad' });
    return false;
  }
}
