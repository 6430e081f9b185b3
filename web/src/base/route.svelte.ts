/** Where one is: read from the address, so that every place can be linked to. Knows no view. */

export type Screen = 'chart' | 'forces' | 'chronicle' | 'battle' | 'table';

export type Route =
  | { at: 'lobby'; scenario?: string }
  | { at: 'record' }
  | { at: 'join'; token: string }
  | { at: 'war'; game: string; screen: Screen; part: string; query: URLSearchParams };

const SCREENS: readonly string[] = ['chart', 'forces', 'chronicle', 'battle', 'table'];

export function parse(hash: string): Route {
  const [path = '', words = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  if (parts[0] === 'join' && parts[1]) return { at: 'join', token: parts[1] };
  if (parts[0] === 'new' && parts[1]) return { at: 'lobby', scenario: parts[1] };
  if (parts[0] === 'record') return { at: 'record' };
  if (parts[0] === 'war' && parts[1]) {
    const screen = SCREENS.includes(parts[2] ?? '') ? (parts[2] as Screen) : 'chart';
    return {
      at: 'war',
      game: parts[1],
      screen,
      part: parts[3] ?? '',
      query: new URLSearchParams(words),
    };
  }
  return { at: 'lobby' };
}

export function href(
  game: string,
  screen: Screen,
  part = '',
  query: Record<string, string | number> = {},
): string {
  const words = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  const tail = (part ? `/${encodeURIComponent(part)}` : '') + (words ? `?${words}` : '');
  return `#/war/${encodeURIComponent(game)}/${screen}${tail}`;
}

const here = $state<{ route: Route }>({ route: { at: 'lobby' } });

export function route(): Route {
  return here.route;
}

export function go(hash: string, replace = false): void {
  if (replace) history.replaceState(null, '', hash);
  else history.pushState(null, '', hash);
  here.route = parse(location.hash);
}

/** Begins to follow the address. An invitation's link is a path; everything else stands behind the `#`. */
export function follow(): void {
  const invited = /^\/join\/([^/]+)/.exec(location.pathname);
  if (invited?.[1]) history.replaceState(null, '', `/#/join/${invited[1]}`);
  const read = () => (here.route = parse(location.hash));
  addEventListener('hashchange', read);
  addEventListener('popstate', read);
  read();
}
