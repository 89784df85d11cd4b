import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** Writes a standard response out. Each `Set-Cookie` stays a header of its own. */
export async function sendResponse(response: Response, to: ServerResponse, method: string): Promise<void> {
  to.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') to.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) to.setHeader('set-cookie', cookies);

  if (response.body === null || method === 'HEAD') {
    to.end();
    return;
  }
  try {
    await pipeline(response.body, to);
  } catch (error) {
    // The other side went away: there is nobody left to tell.
    if (!to.destroyed) throw error;
  }
}
