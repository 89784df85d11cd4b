import { headersForPages, JSON_HEADERS } from '@vestibule/http';
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
  // Not made with `Response`, which would load undici: requests arrive while the server starts.
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  return { status, headers: { ...JSON_HEADERS, ...more, ...headersForPages(), ...length }, body };
}

/** Sends an error response, without its body for `HEAD`. */
export function sendEdgeError(response: ServerResponse, { status, headers, body }: EdgeError): void {
  response.writeHead(status, headers).end(body);
}
