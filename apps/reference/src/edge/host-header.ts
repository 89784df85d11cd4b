import type { RequestListener } from 'node:http';
import { edgeError, sendEdgeError } from './edge-error.ts';

/** A name or an address, and a port; or nothing, where there is no host to name. */
const HOST = /^(?:\[[0-9A-Fa-f:.]+\]|[\w.~%!$&'()*+,;=-]*)(?::\d*)?$/;

/**
 * What is wrong with the `Host` of a request: of two, the programs on the way could each take another.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9112#section-3.2 RFC 9112 §3.2}
 */
export function hostProblem(hosts: readonly string[], httpVersion: string): string | undefined {
  const [host] = hosts;
  if (hosts.length > 1) return 'Host is there twice; send it once';
  if (host === undefined) return httpVersion === '1.1' ? 'Host is missing; HTTP/1.1 needs it' : undefined;
  return HOST.test(host) ? undefined : 'Host is not a host name, with a port or without';
}

/** Answers 400 where the `Host` is not one. */
export const withOneHost =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    const problem = hostProblem(request.headersDistinct['host'] ?? [], request.httpVersion);
    if (problem === undefined) return listener(request, response);
    sendEdgeError(response, edgeError(400, 'invalid_request', problem, { connection: 'close' }));
  };
