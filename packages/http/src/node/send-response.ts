import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { hopByHopFields } from './hop-by-hop.ts';

/**
 * Writes a standard response out. Each `Set-Cookie` stays a header of its own. Header fields about the connection are
 * dropped: the server that holds the connection decides whether it stays open and how the body is framed.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 RFC 9110 §7.6.1}
 * @throws what the body's stream throws; but not that the other side went away, of which nobody is left to tell
 */
export async function sendResponse(response: Response, to: ServerResponse, method: string): Promise<void> {
  to.statusCode = response.status;
  const dropped = hopByHopFields(response.headers);
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie' && !dropped.has(name)) to.setHeader(name, value);
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) to.setHeader('set-cookie', cookies);

  if (response.body === null) {
    to.end();
  } else if (method === 'HEAD') {
    await response.body.cancel();
    to.end();
  } else {
    await pipeline(response.body, to).catch(unlessHungUp);
  }
}

function unlessHungUp(error: unknown): void {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
  throw error;
}
