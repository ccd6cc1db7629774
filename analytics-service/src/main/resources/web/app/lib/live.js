/** Server-sent events, read by fetch because an EventSource cannot say which client it is for. */
import { headers } from './api.js';
import { onClient } from './session.js';

const listeners = new Set();
const watchers = new Set();
let connection;
let state = 'connecting';

/** Calls back, at most every second and a half, when a number of the client has changed. */
export function onChange(tell) {
  const quiet = throttled(tell, 1500);
  listeners.add(quiet);
  connect();
  return () => listeners.delete(quiet);
}

/** Calls back with `live`, `connecting` or `lost`. */
export function onState(tell) {
  watchers.add(tell);
  tell(state);
  return () => watchers.delete(tell);
}

onClient(() => {
  connection?.abort();
  connection = null;
  connect();
});

function become(next) {
  if (state !== next) {
    state = next;
    watchers.forEach((tell) => tell(next));
  }
}

async function connect() {
  if (connection) return;
  const mine = (connection = new AbortController());
  let failures = 0;
  while (!mine.signal.aborted) {
    try {
      const answer = await fetch('/api/analytics/live', {
        headers: headers({ Accept: 'text/event-stream' }),
        signal: mine.signal,
      });
      if (!answer.ok) throw new Error(`${answer.status}`);
      become('live');
      if (failures > 0) tellAll();
      failures = 0;
      await read(answer.body.getReader());
    } catch {
      // Falls through to the pause below; an abort ends the loop.
    }
    if (mine.signal.aborted) return;
    failures++;
    become(failures > 2 ? 'lost' : 'connecting');
    // Without the stream the page still looks, only less often.
    if (failures > 3 && !document.hidden) tellAll();
    await new Promise((done) => setTimeout(done, Math.min(15_000, 500 * 2 ** failures)));
  }
}

async function read(reader) {
  const text = new TextDecoder();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += text.decode(value, { stream: true });
    const events = rest.split(/\r?\n\r?\n/);
    rest = events.pop();
    if (events.some((event) => /^data:/m.test(event))) tellAll();
  }
}

const tellAll = () => listeners.forEach((tell) => tell());

function throttled(call, pause) {
  let last = 0;
  let waiting;
  return () => {
    const wait = last + pause - Date.now();
    clearTimeout(waiting);
    if (wait <= 0) {
      last = Date.now();
      call();
    } else {
      waiting = setTimeout(() => {
        last = Date.now();
        call();
      }, wait);
    }
  };
}
