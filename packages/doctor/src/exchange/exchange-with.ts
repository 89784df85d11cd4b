import { type Fetch, send } from '@vestibule/client-fixtures';
import type { Exchange } from './exchange.ts';

/** Sends one request and records what came of it. Redirects are not followed. */
export type Ask = (url: string | URL, init?: RequestInit) => Promise<Exchange>;

/** The largest part of a body that is read, in bytes. Metadata and errors are far smaller. */
const MAX_BODY = 512 * 1_024;

/** @param onRequest called before each request */
export const askWith =
  (fetch: Fetch, onRequest: (method: string, url: string) => void = () => {}): Ask =>
  async (address, init = {}) => {
    const [method, url] = [init.method ?? 'GET', String(address)];
    onRequest(method, url);
    const sent = await send(fetch, url, init);
    if (!sent.ok) {
      const { problem, code } = sent;
      return { method, url, reply: { kind: 'none', problem, ...(code !== undefined && { code }) } };
    }
    const { status, headers } = sent.response;
    try {
      return { method, url, reply: { kind: 'response', status, headers, body: await bodyOf(sent.response) } };
    } catch {
      return { method, url, reply: { kind: 'none', problem: 'ends its response before it is complete' } };
    }
  };

async function bodyOf({ body }: Response): Promise<string> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  let [text, size] = ['', 0];
  for await (const part of body) {
    text += decoder.decode(part, { stream: true });
    size += part.length;
    // Leaving the loop cancels the rest: an event stream never ends by itself.
    if (size >= MAX_BODY || isEventStream(text)) break;
  }
  return text;
}

/** One event is enough of a stream that stays open. */
const isEventStream = (text: string): boolean => /^(?:event|data|id|retry):.*\n\n/s.test(text);
