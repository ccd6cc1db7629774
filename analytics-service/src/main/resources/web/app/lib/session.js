/** Who is looking at which client, and how times, money and phones are written for it. */

const CLIENT = 'frontdesk.client';
const subscribers = new Set();

export const session = {
  security: 'open',
  clients: [],
  client: { id: 'default', name: 'Frontdesk', time_zone: 'UTC', region: 'US', currency: 'USD' },
  role: 'client_admin',
  user: null,
  token: null,
  get mayChange() {
    return this.role !== 'viewer';
  },
};

/** Reads which clients there are and how one signs in; the page's first request. */
export async function begin() {
  const answer = await fetch('/static/page.json', { headers: { Accept: 'application/json' } });
  if (!answer.ok) {
    throw new Error('Frontdesk is not answering yet');
  }
  const settings = await answer.json();
  session.security = settings.security;
  session.clients = settings.clients ?? [];
  session.oidc = settings.oidc;
  const wanted = remembered();
  enter(session.clients.find((it) => it.id === wanted) ?? session.clients[0] ?? session.client);
}

/** Looks at another client from now on. Each tab keeps its own; a new tab starts with the last choice. */
export function choose(id) {
  const client = session.clients.find((it) => it.id === id);
  if (client && client.id !== session.client.id) {
    write(id);
    enter(client);
    subscribers.forEach((tell) => tell());
  }
}

/** What a token says about the client replaces what was guessed. */
export function enter(client) {
  session.client = { ...client };
}

export function onClient(tell) {
  subscribers.add(tell);
  return () => subscribers.delete(tell);
}

function remembered() {
  try {
    return sessionStorage.getItem(CLIENT) ?? localStorage.getItem(CLIENT);
  } catch {
    return null;
  }
}

function write(id) {
  try {
    sessionStorage.setItem(CLIENT, id);
    localStorage.setItem(CLIENT, id);
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}
