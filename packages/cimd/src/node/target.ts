import { parseAddress } from './address/network.ts';

/** Where a URL leads. */
export interface Target {
  /** Whether to connect with TLS. */
  readonly isSecure: boolean;
  /** `https://host:port`, without the default port. */
  readonly origin: string;
  /** The path and the query. */
  readonly path: string;
  /** A name in ASCII and lower case, or an IP address without brackets. */
  readonly host: string;
  readonly isAddress: boolean;
  readonly port: number;
}

const MAX_LENGTH = 2_048;

/**
 * Reads the URL of a fetch as browsers read it: `https://0x7f.1/`, `https://①②⑦.1/` and `https://127.0.0.1/` have the same host.
 * A name with a dot at its end is refused, because it would be another name for limits and lists of hosts.
 *
 * @param protocols the accepted ones @default https alone
 * @returns the target, or why the URL is refused
 * @see {@link https://url.spec.whatwg.org/#host-parsing URL Standard, host parsing}
 */
export function readTarget(text: string, protocols: readonly string[] = ['https:']): Target | string {
  if (text.length > MAX_LENGTH) return `The URL is longer than ${MAX_LENGTH} characters.`;
  const url = URL.parse(text);
  if (url === null) return 'The URL is malformed.';
  if (!protocols.includes(url.protocol)) return 'The URL does not begin with https.';
  if (url.username !== '' || url.password !== '') return 'The URL has a user name or a password.';
  if (url.hostname.endsWith('.')) return 'The host of the URL ends with a dot.';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const isSecure = url.protocol === 'https:';
  return {
    isSecure,
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    host,
    isAddress: parseAddress(host) !== undefined,
    port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
  };
}
