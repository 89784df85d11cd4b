import type { ServerResponse } from 'node:http';
import type { Page } from '@vestibule/server';

/** Sends a page that is not cached. */
export function sendPage(outgoing: ServerResponse, status: number, { html, headers }: Page): void {
  outgoing.writeHead(status, { ...headers, 'cache-control': 'no-store' }).end(html);
}
