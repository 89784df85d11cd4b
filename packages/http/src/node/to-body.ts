import type { IncomingMessage } from 'node:http';

/**
 * The body of a request as a stream that reads only on demand. Node discards what is not read when the response is sent, so
 * the connection can be reused.
 *
 * Canceling the stream does not reach the socket, which the response still needs.
 *
 * @throws Error if the body was read before
 */
export function toBody(request: IncomingMessage): ReadableStream<Uint8Array> {
  if (request.readableDidRead) {
    throw new Error('The body was read before it came here. Mount this router before body parsers.');
  }
  return new ReadableStream(
    {
      async pull(controller) {
        const chunk = await nextChunk(request);
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Discards the rest of a body that was read in part. Node does this only for a body that was not read at all. */
export function discardRest(request: IncomingMessage): void {
  if (!request.readableEnded) request.removeAllListeners('readable').resume();
}

async function nextChunk(request: IncomingMessage): Promise<Uint8Array | undefined> {
  for (;;) {
    const chunk: Uint8Array | null = request.read();
    if (chunk !== null) return chunk;
    if (request.readableEnded) return undefined;
    await somethingHappens(request);
  }
}

/**
 * Waits for more data or for the end.
 *
 * @throws Error if the connection breaks
 */
function somethingHappens(request: IncomingMessage): Promise<void> {
  const events = ['readable', 'end', 'error', 'close'] as const;
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      for (const event of events) request.off(event, settle);
      if (request.readableEnded || !request.destroyed) resolve();
      else reject(request.errored ?? new Error('The connection was closed before the body had arrived.'));
    };
    for (const event of events) request.on(event, settle);
    if (request.destroyed) settle();
  });
}
