import { html } from 'lit';
import { Page } from '../ui/element.js';
class Faqs extends Page {
  render() { return html`<h1>Faqs</h1>`; }
}
customElements.define('fd-faqs', Faqs);
