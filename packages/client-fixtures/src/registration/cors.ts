import type { RegistrationServer } from '../server/offers.ts';
import { type Fetch, send } from '../server/send.ts';

/**
 * What prevents an agent in a page from registering: its origin has to be allowed to read the response, and the preflight
 * has to allow the request. Undefined if nothing does.
 *
 * @see {@link https://fetch.spec.whatwg.org/#http-cors-protocol Fetch, CORS protocol}
 */
export async function corsProblem(
  page: string,
  answer: Headers,
  { registrationEndpoint }: RegistrationServer,
  fetch: Fetch,
): Promise<string | undefined> {
  if (!isReadable(page, answer)) return `The response is not readable by ${page}; ${allowed(answer)}.`;
  const preflight = await send(fetch, registrationEndpoint, {
    method: 'OPTIONS',
    headers: {
      origin: page,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  });
  if (!preflight.ok) return `The registration endpoint ${preflight.problem} when the preflight was sent.`;
  const { ok, status, headers } = preflight.response;
  if (!ok) return `The server responded ${status} to the preflight; it should respond 200 or 204.`;
  if (!isReadable(page, headers)) {
    return `The response to the preflight is not readable by ${page}; ${allowed(headers)}.`;
  }
  const allowedHeaders = (headers.get('access-control-allow-headers') ?? '').toLowerCase().split(',');
  return allowedHeaders.some((name) => ['content-type', '*'].includes(name.trim()))
    ? undefined
    : 'The preflight does not allow the header content-type, which a JSON body needs.';
}

const isReadable = (page: string, headers: Headers): boolean =>
  ['*', page].includes(headers.get('access-control-allow-origin') ?? '');

const allowed = (headers: Headers): string =>
  `Access-Control-Allow-Origin is ${headers.get('access-control-allow-origin') ?? 'missing'}`;
