import { isLoopbackUrl } from '@vestibule/http';
import type { NodeRequest } from '@vestibule/http/node';

/**
 * The host that a request is for, in lower case: that of a whole URL in the request line, or else what `Host` says.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2 RFC 9112 §3.2.2}
 */
export function requestedHost({ originalUrl, url = '/', headers }: NodeRequest): string {
  const target = originalUrl ?? url;
  const whole = target.startsWith('/') ? null : URL.parse(target);
  return (whole === null ? (headers.host ?? '') : whole.host).toLowerCase();
}

/**
 * Whether an origin on this computer may answer at a host: under a loopback name, with whatever port. Any other name is one
 * that somebody has pointed at this computer, so that their page becomes of one origin with what answers (DNS rebinding).
 * A program that names no host is no page. Other origins answer at any host.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6761#section-6.3 RFC 6761 §6.3}
 */
export const mayAnswerAt = (origin: string, host: string): boolean =>
  !isLoopbackUrl(origin) || host === '' || isLoopbackUrl(`http://${host}`);
