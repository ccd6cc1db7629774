import { html } from 'lit';
import { Page } from '../ui/element.js';
class Customers extends Page {
  render() { return html`<h1>Customers</h1>`; }
}
customElements.define('fd-customers', Customers);
