import type { Fetch } from '@vestibule/client-fixtures';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/**
 * Sends a request with exactly the given headers. The global `fetch` replaces `Host`, and says of every request that it is not a
 * navigation, so that some servers respond to an authorization request with JSON. Redirects are not followed, bodies are texts.
 */
export const fetchOverNode: Fetch = (address, init = {}) =>
  new Promise((resolve, reject) => {
    const url = new URL(address);
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const { method = 'GET', signal, body } = init;
    const fail = (cause: Error): void => {
      reject(signal?.aborted === true ? signal.reason : new TypeError('fetch failed', { cause }));
    };
    try {
      const headers = Object.fromEntries(new Headers(init.headers));
      const request = send(url, { method, headers, ...(signal && { signal }) }, (response) => {
        try {
          resolve(responseOf(response));
        } catch (error) {
          fail(error instanceof Error ? error : new Error(String(error)));
        }
      });
      request.on('error', fail);
      request.end(typeof body === 'string' ? body : undefined);
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  });

/** Statuses whose responses have no body. */
const EMPTY: ReadonlySet<number> = new Set([204, 205, 304]);

function responseOf(response: IncomingMessage): Response {
  const { statusCode: status = 0, headersDistinct } = response;
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  if (!EMPTY.has(status)) return new Response(streamOf(response), { status, headers });
  response.resume();
  return new Response(null, { status, headers });
}

function streamOf(response: IncomingMessage): ReadableStream {
  const parts: AsyncIterator<Buffer> = response[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void response.destroy(),
  });
}
