import { keptRecently } from '../kept-recently.ts';

/**
 * Whether the host of a URL is a loopback host: `localhost`, a name below it, 127.0.0.0/8 or [::1], with any scheme and
 * port. `false` if the text is not a URL.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6761#section-6.3 RFC 6761 §6.3}
 */
export function isLoopbackUrl(url: string): boolean {
  const hostname = hostnameOf(url);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}

/** The issuers of a process, its host, and the redirect URIs of the last requests: each is asked about several times. */
const KEPT = { most: 128, longest: 2_048 };

const parsed = keptRecently(KEPT, (url) => ({
  hostname: URL.parse(url)?.hostname.replace(/\.$/, '') ?? '',
}));

/** The host of a URL without its port; empty if it has none. A trailing dot is removed. */
export const hostnameOf = (url: string): string => parsed(url).hostname;
