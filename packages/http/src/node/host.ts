import { isLoopbackUrl } from '@vestibule/core';
import type { NodeRequest } from './to-request.ts';

/** The parts of a Node request that say which URL was requested. */
export type RequestedUrl = Pick<NodeRequest, 'originalUrl' | 'url' | 'headers'>;

/**
 * The host of a request, in lower case: from the URL in the request line if it is absolute, otherwise from `Host`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2 RFC 9112 §3.2.2}
 */
export function requestedHost({ originalUrl, url = '/', headers }: RequestedUrl): string {
  const target = originalUrl ?? url;
  const whole = target.startsWith('/') ? null : URL.parse(target);
  return (whole === null ? (headers.host ?? '') : whole.host).toLowerCase();
}

/**
 * Whether an origin may respond to requests for a host. A loopback origin responds only to loopback names, on any port,
 * because another name that resolves to this computer is an attacker's, whose page would then be same-origin with the
 * response (DNS rebinding). A request without a host does not come from a page and is accepted. Other origins respond to
 * any host.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6761#section-6.3 RFC 6761 §6.3}
 */
export const respondsAt = (origin: string, host: string): boolean =>
  !isLoopbackUrl(origin) || host === '' || isLoopbackUrl(`http://${host}`);

/** {@link respondsAt} for the requests to one origin. The last host is remembered, because most requests name the same one. */
export function createHostCheck(origin: string): (request: RequestedUrl) => boolean {
  if (!isLoopbackUrl(origin)) return () => true;
  let last = { host: '', responds: true };
  return (request) => {
    const host = requestedHost(request);
    if (host !== last.host) last = { host, responds: respondsAt(origin, host) };
    return last.responds;
  };
}
