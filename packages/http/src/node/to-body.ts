import type { IncomingMessage } from 'node:http';
import { allowDirectRead, type PiecesOfBody } from '../body/direct-read.ts';

/**
 * The body of a request as a stream that reads only on demand. Node discards what is not read when the response is sent, so
 * the connection can be reused.
 *
 * Canceling the stream does not reach the socket, which the response still needs.
 *
 * @throws Error if the body was read before
 */
export function toBody(request: IncomingMessage): ReadableStream<Uint8Array> {
  requireUnread(request);
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const chunk = await nextChunk(request);
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
  allowDirectRead(body, (limit) => {
    // From now on a reader of the stream gets the error that the body was read.
    void body.cancel();
    return readWhole(request, limit);
  });
  return body;
}

/** @throws Error if the body was read before */
export function requireUnread(request: IncomingMessage): void {
  if (request.readableDidRead) {
    throw new Error('The body was read before it came here. Mount this router before body parsers.');
  }
}

/** Reads a body whole, or stops at the first byte over the limit. Waits only if it has not arrived yet. */
export function readWhole(request: IncomingMessage, limit: number): PiecesOfBody | Promise<PiecesOfBody> {
  if (!request.complete) return readAll(request, limit, []);
  const piece: Uint8Array | null = request.read();
  if (piece === null) return isAllRead(request) ? [] : readAll(request, limit, []);
  if (piece.byteLength > limit) return 'too-large';
  return isAllRead(request) ? [piece] : readAll(request, limit, [piece]);
}

/** Reads what is left of a body. */
async function readAll(request: IncomingMessage, limit: number, pieces: Uint8Array[]): Promise<PiecesOfBody> {
  let size = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
  for (;;) {
    const piece = await nextChunk(request);
    if (piece === undefined) return pieces;
    size += piece.byteLength;
    if (size > limit) return 'too-large';
    pieces.push(piece);
  }
}

/** Discards the rest of a body that was read in part. Node does this only for a body that was not read at all. */
export function discardRest(request: IncomingMessage): void {
  if (!request.readableEnded) request.removeAllListeners('readable').resume();
}

async function nextChunk(request: IncomingMessage): Promise<Uint8Array | undefined> {
  for (;;) {
    const chunk: Uint8Array | null = request.read();
    if (chunk !== null) return chunk;
    if (request.readableEnded || isAllRead(request)) return undefined;
    await somethingHappens(request);
  }
}

/** Whether everything was read, before Node says so: a small body has arrived with the head of its request. */
const isAllRead = ({ complete, readableLength }: IncomingMessage): boolean =>
  complete && readableLength === 0;

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
