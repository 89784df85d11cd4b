import { parseRedirectUri } from '@vestibule/core';

/** Where people are sent with redirect URIs, each place once: a host, this computer, or a scheme that opens an app. */
export const destinations = (redirectUris: readonly string[]): readonly string[] => [
  ...new Set(redirectUris.map(destination)),
];

function destination(raw: string): string {
  const parsed = parseRedirectUri(raw);
  if (!parsed.ok) return raw;
  switch (parsed.uri.kind) {
    case 'https':
      return parsed.uri.host;
    case 'loopback':
      return 'this computer';
    case 'private-use':
      return `${parsed.uri.scheme}:`;
  }
}
