import { preflightHeaders } from '@vestibule/http';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Allows everything that a page may try where no handler exists. */
const HEADERS = {
  ...preflightHeaders(['GET', 'POST', 'PUT', 'DELETE']),
  'access-control-allow-origin': '*',
  'access-control-max-age': '0',
};

/**
 * Responds to the preflight of a page's request, so that the page can read the error response to the request itself.
 *
 * @returns whether the request was a preflight
 */
export function answersPreflight({ method, headers }: IncomingMessage, response: ServerResponse): boolean {
  if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return false;
  response.writeHead(204, HEADERS).end();
  return true;
}
