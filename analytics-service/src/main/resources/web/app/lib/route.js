/** The address of every view: `#/calls/ID?status=failed`. */

export function here() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [page, ...rest] = path.split('/').map(decode);
  return { page: page || 'today', id: rest[0] ?? null, rest, query: Object.fromEntries(new URLSearchParams(query)) };
}

export function link(page, id, query) {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const path = [page, id].filter((it) => it !== null && it !== undefined && it !== '').map(encodeURIComponent).join('/');
  return `#/${path}${given.length ? `?${new URLSearchParams(given)}` : ''}`;
}

export function go(page, id, query, { replace = false } = {}) {
  const target = link(page, id, query);
  if (replace) {
    history.replaceState(null, '', target);
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = target;
  }
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
