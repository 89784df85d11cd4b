import { oauthError, readableByPages } from '@vestibule/http';
import type { ServerResponse } from 'node:http';

/** An error of the HTTP server itself, before any handler is asked. */
export interface EdgeError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

/** JSON as handlers answer it: pages of any origin may read it, and no cache keeps it. */
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

/** Sends it; to a `HEAD` without its body. */
export function sendEdgeError(response: ServerResponse, { status, headers, body }: EdgeError): void {
  response.writeHead(status, headers).end(body);
}
