/** Sets style properties one by one: a style attribute is what the page's Content-Security-Policy forbids. */
import { noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';

class Styled extends Directive {
  render() {
    return noChange;
  }

  update({ element }, [properties]) {
    for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, value);
    return noChange;
  }
}

export const styled = directive(Styled);
