import { html } from 'lit';
import { Page } from '../ui/element.js';
class Prompts extends Page {
  render() { return html`<h1>Prompts</h1>`; }
}
customElements.define('fd-prompts', Prompts);
