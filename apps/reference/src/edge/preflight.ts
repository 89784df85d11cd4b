import { preflightHeaders } from '@vestibule/http';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What programs in a page may want to try where no handler answers. */
const HEADERS = {
  ...preflightHeaders(['GET', 'POST', 'PUT', 'DELETE']),
  'access-control-allow-origin': '*',
  'access-control-max-age': '0',
};

/**
 * Answers the preflight of a page's request, so that the page gets to read the error that the request itself is answered with.
 *
 * @returns whether it was one
 */
export function answersPreflight({ method, headers }: IncomingMessage, response: ServerResponse): boolean {
  if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return false;
  response.writeHead(204, HEADERS).end();
  return true;
}
