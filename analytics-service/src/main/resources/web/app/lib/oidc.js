/** Sign-in where security is `jwt`: OpenID Connect, code flow with PKCE, tokens kept in this tab only. */
import { enter, session } from './session.js';

const KEPT = 'frontdesk.oidc';
let endpoints;

/** Finishes a sign-in that is under way or resumes one that is valid; otherwise leaves for the issuer. */
export async function authenticate() {
  if (session.security !== 'jwt') return true;
  const query = new URLSearchParams(location.search);
  const kept = recall();
  if (query.has('error')) {
    history.replaceState(null, '', '/' + (kept.hash ?? ''));
    throw new Error(query.get('error_description') ?? 'The sign-in was refused');
  }
  if (query.has('code') && kept.state && kept.state === query.get('state')) {
    await exchange({
      grant_type: 'authorization_code',
      code: query.get('code'),
      redirect_uri: redirect(),
      code_verifier: kept.verifier,
    });
    history.replaceState(null, '', '/' + (kept.hash ?? ''));
    return true;
  }
  if (kept.token && kept.expires > Date.now() + 10_000) {
    accept(kept);
    return true;
  }
  session.refreshToken = kept.refresh;
  return (await refresh()) || (await signIn());
}

/** Leaves the page for the issuer; never returns. */
export async function signIn() {
  const { authorization_endpoint } = await discover();
  const verifier = random();
  const state = random();
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  keep({ verifier, state, hash: location.hash });
  location.assign(`${authorization_endpoint}?${new URLSearchParams({
    response_type: 'code',
    client_id: session.oidc.client_id,
    redirect_uri: redirect(),
    scope: session.oidc.scope ?? 'openid',
    state,
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  })}`);
  return new Promise(() => {});
}

export function signOut() {
  sessionStorage.removeItem(KEPT);
  session.token = null;
  discover().then(({ end_session_endpoint }) =>
    location.assign(end_session_endpoint
      ? `${end_session_endpoint}?${new URLSearchParams({ client_id: session.oidc.client_id, post_logout_redirect_uri: redirect() })}`
      : '/'));
}

/** A new token for an old one; false if the issuer wants the person again. */
export async function refresh() {
  if (!session.refreshToken) return false;
  try {
    await exchange({ grant_type: 'refresh_token', refresh_token: session.refreshToken });
    return true;
  } catch {
    session.refreshToken = null;
    return false;
  }
}

async function exchange(form) {
  const { token_endpoint } = await discover();
  const answer = await fetch(token_endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
    body: new URLSearchParams({ client_id: session.oidc.client_id, ...form }),
  });
  if (!answer.ok) throw new Error('The issuer gave no token');
  const given = await answer.json();
  const fresh = {
    token: given.access_token,
    refresh: given.refresh_token ?? session.refreshToken,
    expires: Date.now() + (given.expires_in ?? 300) * 1000,
  };
  keep(fresh);
  accept(fresh);
}

function accept(kept) {
  session.token = kept.token;
  session.refreshToken = kept.refresh;
  const claims = JSON.parse(new TextDecoder().decode(bytes(kept.token.split('.')[1])));
  const groups = claims.groups ?? [];
  session.user = claims.name ?? claims.preferred_username ?? claims.upn ?? claims.sub;
  session.role = ['super_admin', 'client_admin', 'viewer'].find((role) => groups.includes(role)) ?? 'viewer';
  const id = claims[session.oidc.client_claim ?? 'client_id'];
  if (id !== session.client.id) enter({ ...session.client, id, name: id });
}

async function discover() {
  endpoints ??= await (await fetch(`${session.oidc.authority.replace(/\/$/, '')}/.well-known/openid-configuration`)).json();
  return endpoints;
}

const redirect = () => `${location.origin}/`;
const keep = (what) => sessionStorage.setItem(KEPT, JSON.stringify(what));
const recall = () => JSON.parse(sessionStorage.getItem(KEPT) ?? '{}');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const base64url = (array) =>
  btoa(String.fromCharCode(...array)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
