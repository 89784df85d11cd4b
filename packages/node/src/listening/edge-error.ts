import { oauthError, readableByPages } from '@vestibule/http';
import type { ServerResponse } from 'node:http';

/** An error response of the HTTP server itself, before any handler is called. */
export interface EdgeError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

/** Creates an error response like those of handlers: pages of any origin may read it, and caches do not store it. */
export function edgeError(
  status: number,
  error: string,
  description: string,
  more: Readonly<Record<string, string>> = {},
): EdgeError {
  const body = JSON.stringify({ error, error_description: description });
  const { headers } = readableByPages(oauthError(status, error, description, more));
  headers.set('content-length', String(Buffer.byteLength(body)));
  return { status, headers: Object.fromEntries(headers), body };
}

/** Sends an error response, without its body for `HEAD`. */
export function sendEdgeError(response: ServerResponse, { status, headers, body }: EdgeError): void {
  response.writeHead(status, headers).end(body);
}
