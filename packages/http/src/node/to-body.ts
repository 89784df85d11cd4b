import type { IncomingMessage } from 'node:http';

/**
 * The body of a request as a stream that takes nothing before it is asked. What nobody asks for stays with Node,
 * which throws it away when the answer is out, so that the connection can go on.
 *
 * Giving the stream up does not pass on: it would destroy the socket that the answer still has to go through.
 *
 * @throws Error where somebody has read the body before
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

/** Throws away what is left of a body that was read in part; Node does it for one that was not read at all. */
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

/** Waits for more, for the end, or for the connection to break, which is an exception. */
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
