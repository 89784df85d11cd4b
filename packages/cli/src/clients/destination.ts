import { parseRedirectUri } from '@vestibule/core';

/** The distinct destinations of redirect URIs: a host, this computer, or a scheme that opens an app. */
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
