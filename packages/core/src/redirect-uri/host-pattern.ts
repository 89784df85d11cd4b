import { fitsTheDns } from './host-length.ts';

/**
 * Whether a host is one that a pattern names: `app.example` is that host alone, `*.example` is every host one label
 * below it, and no deeper. A port belongs to the host: `app.example` is not `app.example:8443`.
 */
export function matchesHost(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*.')) return host === pattern;
  const [, ...rest] = host.split('.');
  return rest.join('.') === pattern.slice(2);
}

/**
 * Whether a host is refused by a pattern: as {@link matchesHost} has it, and whatever the port where the pattern names none,
 * since who has a host has all of its ports.
 */
export const refusesHost = (pattern: string, host: string): boolean =>
  matchesHost(pattern, host) || matchesHost(pattern, host.replace(/:\d+$/, ''));

/** The one spelling of a host pattern, as hosts of redirect URIs are written; `undefined` where it is none. */
export function canonicalHostPattern(pattern: string): string | undefined {
  const isWild = pattern.startsWith('*.');
  const host = isWild ? pattern.slice(2) : pattern;
  const url = URL.parse(`https://${host}`);
  const isHost =
    url !== null && url.host !== '' && fitsTheDns(url.host) && !/[/?#@\\*\s]|^\.|\.\.|\.(?=:|$)/.test(host);
  return isHost ? `${isWild ? '*.' : ''}${url.host}` : undefined;
}
