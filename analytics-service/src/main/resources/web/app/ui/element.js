/** What every component of the page is: a Lit element without a shadow, so that one stylesheet and one outline serve all. */
import { LitElement, html } from 'lit';
import { onClient } from '../lib/session.js';
import { ago, exact } from '../lib/time.js';

export class Element extends LitElement {
  createRenderRoot() {
    return this;
  }
}

/** A view with an address: it gets the route and draws itself again when another client is chosen. */
export class Page extends Element {
  static properties = { route: { attribute: false } };

  connectedCallback() {
    super.connectedCallback();
    this.leaveClient = onClient(() => this.requestUpdate());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.leaveClient();
  }
}

const clocks = new Set();
setInterval(() => document.hidden || clocks.forEach((clock) => clock.requestUpdate()), 20_000);

/** A moment that keeps its words true while the page stays open. */
class Time extends Element {
  static properties = { at: { attribute: false } };

  connectedCallback() {
    super.connectedCallback();
    clocks.add(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clocks.delete(this);
  }

  render() {
    return this.at ? html`<time datetime=${new Date(this.at).toISOString()} title=${exact(this.at)}>${ago(this.at)}</time>` : '';
  }
}
customElements.define('fd-time', Time);
