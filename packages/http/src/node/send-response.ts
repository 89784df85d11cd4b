import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/**
 * Writes a standard response out. Each `Set-Cookie` stays a header of its own.
 *
 * @throws what the body's stream throws; but not that the other side went away, of which nobody is left to tell
 */
export async function sendResponse(response: Response, to: ServerResponse, method: string): Promise<void> {
  to.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') to.setHeader(name, value);
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
