import { html } from 'lit';
import { Page } from '../ui/element.js';
class Deliveries extends Page {
  render() { return html`<h1>Deliveries</h1>`; }
}
customElements.define('fd-deliveries', Deliveries);
