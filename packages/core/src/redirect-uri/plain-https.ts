import { fitsTheDns } from './host-length.ts';

/**
 * An https URI with the plainest host and path, as most websites register. No part of it is read differently from how it is
 * written: the host is in lower case, its last label does not begin like a number, and there is no port, query or escape.
 */
const PLAIN_HTTPS = /^https:\/\/((?:[a-z0-9-]+\.)*[a-z][a-z0-9-]*)(?:\/[A-Za-z0-9\-._~/]*)?$/;

/** Begins a label that URL parsers may decode, and refuse. */
const IDN_PREFIX = 'xn--';

/**
 * The host of a plain https URI, which URL parsers read without changing anything. `undefined` for any other text, which may
 * be a valid URI as well.
 */
export function plainHttpsHost(raw: string): string | undefined {
  const host = PLAIN_HTTPS.exec(raw)?.[1];
  return host !== undefined && fitsTheDns(host) && !host.includes(IDN_PREFIX) ? host : undefined;
}
