import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { knownBodyOf } from '../response/known-body.ts';
import { hopByHopFields } from '../response/hop-by-hop.ts';

/**
 * Writes a standard response to a Node response. Each `Set-Cookie` stays a header of its own. Header fields about the
 * connection are dropped: the server decides whether the connection stays open and how the body is framed. A body that is known as a
 * whole is sent with its length, without reading its stream.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 RFC 9110 §7.6.1}
 * @throws what the stream of the body throws; does not throw if the client disconnects
 */
export async function sendResponse(response: Response, to: ServerResponse, method: string): Promise<void> {
  to.statusCode = response.status;
  const dropped = hopByHopFields(response.headers);
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie' && !dropped.has(name)) to.setHeader(name, value);
  }
  const cookies = response.headers.getSetCookie();
  // Appended: middleware before may have set a cookie of its own.
  if (cookies.length > 0) to.appendHeader('set-cookie', cookies);

  const known = knownBodyOf(response);
  if (known !== undefined) {
    to.setHeader('content-length', Buffer.byteLength(known));
    to.end(known);
  } else if (response.body === null) {
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
