/** The public HTTP API: headers, problems and retries in one place. */
import { session } from './session.js';
import { refresh, signIn } from './oidc.js';

/** A refusal the API explained (RFC 9457), or a connection that failed (status 0). */
export class Problem extends Error {
  constructor(status, body = {}) {
    super(body.detail || body.title || 'Something went wrong');
    this.status = status;
    this.slug = String(body.type ?? '').split('/').pop();
    this.title = body.title;
    this.violations = body.violations ?? [];
    this.alternatives = body.alternatives ?? null;
    this.reason = body.reason;
    this.body = body;
  }

  /** What to say about one field of a form; null if nothing. */
  about(field) {
    const found = this.violations.find((it) => String(it.field ?? it.name ?? '').split('.').pop() === field);
    return found ? (found.message ?? found.detail ?? 'is not valid') : null;
  }
}

export const get = (path, query, options) => request('GET', path, { query, ...options });
export const post = (path, body, options) => request('POST', path, { body: body ?? {}, ...options });
export const put = (path, body, options) => request('PUT', path, { body, ...options });
export const patch = (path, body, options) =>
  request('PATCH', path, { body, type: 'application/merge-patch+json', ...options });
export const remove = (path, query, options) => request('DELETE', path, { query, ...options });

/** One key per intention: sent again with it, a request has no second effect. */
export function intention() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Path and query of a request; empty values are left out. */
export function address(path, query) {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

export function headers(extra) {
  const all = { ...extra };
  if (session.token) {
    all.Authorization = `Bearer ${session.token}`;
  } else if (session.security === 'open') {
    all['X-Client-Id'] = session.client.id;
  }
  return all;
}

const NO_CONNECTION = { title: 'No connection', detail: 'Frontdesk cannot be reached. Check the connection and try again.' };

async function request(method, path, { query, body, type, ifMatch, key, signal, accept } = {}) {
  const send = () => {
    const extra = { Accept: accept ?? 'application/json' };
    if (body !== undefined) extra['Content-Type'] = type ?? 'application/json';
    if (ifMatch !== undefined) extra['If-Match'] = `"${ifMatch}"`;
    if (method === 'POST') extra['Idempotency-Key'] = key;
    return fetch(address(path, query), {
      method,
      signal,
      headers: headers(extra),
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  };
  key ??= intention();
  const repeatable = method === 'GET' || method === 'POST';
  let answer = await send().catch((failure) => failure);
  if (repeatable && !signal?.aborted && (answer instanceof Error || answer.status === 503)) {
    await new Promise((done) => setTimeout(done, 400));
    answer = await send().catch((failure) => failure);
  }
  if (answer.status === 401 && session.security === 'jwt') {
    answer = (await refresh()) ? await send().catch((failure) => failure) : await signIn();
  }
  if (answer instanceof Error) {
    if (answer.name === 'AbortError') throw answer;
    throw new Problem(0, NO_CONNECTION);
  }
  return read(answer);
}

/** What came halfway, or what nobody waits for any more, is no answer. */
function unread(answer, failure) {
  if (failure.name === 'AbortError') throw failure;
  if (answer.ok) throw new Problem(0, NO_CONNECTION);
  return null;
}

async function read(answer) {
  const json = (answer.headers.get('content-type') ?? '').includes('json');
  const body = answer.status === 204 ? null : json ? await answer.json().catch((failure) => unread(answer, failure)) : await answer.text();
  if (!answer.ok) {
    throw new Problem(answer.status, json && body ? body : { title: titleOf(answer.status) });
  }
  return body;
}

function titleOf(status) {
  if (status === 404) return 'Nothing is here (404)';
  if (status >= 500) return `Frontdesk could not do this (${status})`;
  return `Refused (${status})`;
}

/** Every row of a short list: follows the cursor up to a few pages. */
export async function all(path, query, { most = 600, signal } = {}) {
  const items = [];
  let cursor;
  do {
    const page = await get(path, { limit: 200, ...query, cursor }, { signal });
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor && items.length < most);
  return items;
}

/** Hands a CSV to the browser as a download; a plain link could not carry the client or the token. */
export async function download(path, query, name) {
  const text = await request('GET', path, { query, accept: 'text/csv' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
