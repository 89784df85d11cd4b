import { fitsTheDns } from './host-length.ts';

/**
 * Whether a host matches a pattern: `app.example` matches exactly that host, and `*.example` every host with exactly one
 * more label. A port is part of the host: `app.example` does not match `app.example:8443`.
 */
export function matchesHost(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*.')) return host === pattern;
  const suffix = pattern.slice(1);
  return host.endsWith(suffix) && host.indexOf('.') === host.length - suffix.length;
}

/**
 * Whether a pattern refuses a host: like {@link matchesHost}, but a pattern without a port refuses all ports, because all
 * ports of a host have the same owner.
 */
export const refusesHost = (pattern: string, host: string): boolean =>
  matchesHost(pattern, host) || matchesHost(pattern, host.replace(/:\d+$/, ''));

/** The canonical form of a host pattern, in the form of hosts in redirect URIs; `undefined` if it is not a host pattern. */
export function canonicalHostPattern(pattern: string): string | undefined {
  const isWild = pattern.startsWith('*.');
  const host = isWild ? pattern.slice(2) : pattern;
  const url = URL.parse(`https://${host}`);
  const isHost =
    url !== null && url.host !== '' && fitsTheDns(url.host) && !/[/?#@\\*\s]|^\.|\.\.|\.(?=:|$)/.test(host);
  return isHost ? `${isWild ? '*.' : ''}${url.host}` : undefined;
}
