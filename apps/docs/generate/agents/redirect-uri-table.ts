import type { Redirect } from '@vestibule/client-fixtures';
import { parseRedirectUri, type RedirectUri } from '@vestibule/core';
import { code, table } from '../markdown/markdown.ts';

/** The kinds of redirect URIs, in words. */
const KINDS: Readonly<Record<RedirectUri['kind'], string>> = {
  https: 'a website',
  loopback: 'a program on the computer of the person',
  'private-use': 'an app that owns the scheme',
};

/** The redirect URIs that an agent sends, and where each leads. */
export const redirectUriTable = (uris: readonly string[]): string =>
  table(
    ['redirect URI', 'leads to'],
    uris.map((uri) => {
      const parsed = parseRedirectUri(uri);
      return [code(uri), parsed.ok ? KINDS[parsed.uri.kind] : 'nowhere: it is refused'];
    }),
  );

/** What else is accepted at the authorization endpoint, and how many look-alikes are refused. */
export function triedWords(redirects: readonly Redirect[], sent: readonly string[]): string {
  const more = redirects.filter(({ uri, works }) => works && !sent.includes(uri));
  const refused = redirects.filter(({ works }) => !works).length;
  const accepted = more.map(({ uri, why }) => `${code(uri)}, because ${why}`).join('; ');
  return [
    ...(accepted === '' ? [] : [`Also accepted when it comes back: ${accepted}.`]),
    `Tests refuse ${refused} redirect URIs that only resemble these.`,
  ].join(' ');
}
