import type { FetchImplementation } from 'jose';
import type { AssertionOptions } from '../options.ts';

/** In bytes after decompression: enough for hundreds of keys. */
const LARGEST = 128 * 1024;

/** Fetches a document of limited size from exactly the given address, without redirects. */
export function boundedFetch(fetch: NonNullable<AssertionOptions['fetch']>): FetchImplementation {
  return async (url, init) => {
    const response = await fetch(url, init);
    const { body, redirected, status } = response;
    if (status !== 200 || redirected || body === null) {
      await body?.cancel();
      throw new Error(
        redirected ? 'A redirect was followed.' : `The answer was ${status}, where 200 with keys is due.`,
      );
    }
    return new Response(await readAll(body));
  };
}

async function readAll(body: ReadableStream<Uint8Array>): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    // Leaving the loop cancels the rest of the body.
    if (size > LARGEST) throw new Error(`The answer has more than ${LARGEST} bytes.`);
    chunks.push(new Uint8Array(chunk));
  }
  return new Blob(chunks);
}
