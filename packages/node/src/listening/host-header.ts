import type { RequestListener } from 'node:http';
import { edgeError, sendEdgeError } from './edge-error.ts';

/** A host name or an address with an optional port; or nothing, if the target has no host. */
const HOST = /^(?:\[[0-9A-Fa-f:.]+\]|[\w.~%!$&'()*+,;=-]*)(?::\d*)?$/;

/**
 * What is wrong with the `Host` of a request. Two are refused, because programs on the way could each use another one.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9112#section-3.2 RFC 9112 §3.2}
 */
export function hostProblem(hosts: readonly string[], httpVersion: string): string | undefined {
  const [host] = hosts;
  if (hosts.length > 1) return 'the request has more than one Host; send it once';
  if (host === undefined) return httpVersion === '1.1' ? 'Host is missing; HTTP/1.1 needs it' : undefined;
  return HOST.test(host) ? undefined : 'Host must be a host name with an optional port';
}

/** Responds with 400 if the `Host` is invalid. */
export const withOneHost =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    const problem = hostProblem(hostsOf(request.rawHeaders), request.httpVersion);
    if (problem === undefined) return listener(request, response);
    sendEdgeError(response, edgeError(400, 'invalid_request', problem, { connection: 'close' }));
  };

/** The values of all `Host` fields, from names and values in turn. */
function hostsOf(rawHeaders: readonly string[]): readonly string[] {
  const hosts: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') hosts.push(rawHeaders[at + 1] ?? '');
  }
  return hosts;
}
