/** Something the page reads from the API: loading, there, refused, and read again without flicker. */
import { onChange } from './live.js';
import { onClient } from './session.js';

/**
 * `load(signal)` answers the value. Until `ask` names a question, nothing is read; the same question is not asked twice;
 * a new question cancels the old one.
 */
export class Remote {
  constructor(host, load, { live = false, start = true } = {}) {
    this.host = host;
    this.load = load;
    this.live = live;
    this.question = start ? '' : undefined;
    this.value = undefined;
    this.error = null;
    this.loading = start;
    host.addController(this);
  }

  hostConnected() {
    this.leave = [onClient(() => this.restart())];
    if (this.live) this.leave.push(onChange(() => this.question !== undefined && this.reload()));
    if (this.question !== undefined) this.reload();
  }

  hostDisconnected() {
    this.leave.forEach((stop) => stop());
    this.running?.abort();
  }

  /** Asks with new arguments; drops what is shown if `keep` is not set. */
  ask(question, { keep = false } = {}) {
    const key = JSON.stringify(question);
    if (key === this.question) return;
    this.question = key;
    if (!keep) this.value = undefined;
    this.error = null;
    this.reload();
  }

  restart() {
    this.value = undefined;
    this.error = null;
    if (this.question !== undefined) this.reload();
  }

  async reload() {
    this.running?.abort();
    const mine = (this.running = new AbortController());
    this.loading = true;
    this.host.requestUpdate();
    try {
      const value = await this.load(mine.signal, this.question ? JSON.parse(this.question) : undefined);
      if (this.running !== mine) return;
      this.value = value;
      this.error = null;
    } catch (problem) {
      if (this.running !== mine || problem.name === 'AbortError') return;
      this.error = problem;
    }
    this.loading = false;
    this.host.requestUpdate();
  }

  /** Shows a value that an answer already brought. */
  set(value) {
    this.value = value;
    this.host.requestUpdate();
  }
}

/** A list with a cursor: grows by `more`, refreshes its first page when something changed. */
export class RemoteList extends Remote {
  constructor(host, page, options) {
    super(host, async (signal, question) => {
      const first = await page(undefined, signal, question);
      const known = this.value;
      if (!known || known.question !== this.question) {
        return { items: first.items, next: first.next_cursor, question: this.question };
      }
      const ids = new Set(first.items.map(idOf));
      const older = known.items.slice(known.first ?? first.items.length).filter((it) => !ids.has(idOf(it)));
      return { items: [...first.items, ...older], next: known.more ? known.next : first.next_cursor, more: known.more, first: first.items.length, question: this.question };
    }, options);
    this.page = page;
  }

  get items() {
    return this.value?.items ?? [];
  }

  async more() {
    if (!this.value?.next || this.growing) return;
    this.growing = true;
    this.host.requestUpdate();
    const known = this.value;
    try {
      const page = await this.page(known.next, this.running?.signal, this.question ? JSON.parse(this.question) : undefined);
      if (this.value !== known) return;
      this.value = { ...known, items: [...known.items, ...page.items], next: page.next_cursor, more: true, first: known.first ?? known.items.length };
    } catch (problem) {
      if (problem.name !== 'AbortError') this.error = problem;
    } finally {
      this.growing = false;
      this.host.requestUpdate();
    }
  }
}

const idOf = (it) => it.id ?? it.phone_number;
