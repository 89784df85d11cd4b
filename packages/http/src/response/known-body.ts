/** A body that is in memory as a whole. */
export type KnownBody = string | Uint8Array<ArrayBuffer>;

const bodies = new WeakMap<ReadableStream, KnownBody>();
const ON_DEMAND = { highWaterMark: 0 };

/**
 * A stream of a body that is in memory as a whole, for a standard `Response`. A server that knows {@link knownBodyOf} sends the
 * body without reading the stream. `new Response(text)` does the same as this, and costs several times as much on Node.
 */
export function streamOf(body: KnownBody): ReadableStream<Uint8Array<ArrayBuffer>> {
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        controller.enqueue(typeof body === 'string' ? new TextEncoder().encode(body) : body);
        controller.close();
      },
    },
    ON_DEMAND,
  );
  bodies.set(stream, body);
  return stream;
}

/** The body of a response, if it is known as a whole and nothing has read from it. */
export function knownBodyOf({ body, bodyUsed }: Response): KnownBody | undefined {
  return body === null || bodyUsed || body.locked ? undefined : bodies.get(body);
}
