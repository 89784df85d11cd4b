/** A whole body, in pieces as they arrived; or that it has more bytes than allowed. */
export type PiecesOfBody = readonly Uint8Array[] | 'too-large';

/** Reads the whole body, or stops at the first byte over the limit, in bytes. */
export type DirectRead = (limit: number) => PiecesOfBody | Promise<PiecesOfBody>;

const reads = new WeakMap<ReadableStream, DirectRead>();

/** Makes a body readable without its stream. A server that has all bytes calls this for the body of a request. */
export const allowDirectRead = (body: ReadableStream, read: DirectRead): void => {
  reads.set(body, read);
};

/** How to read the body of a request without its stream. `undefined` if only the stream can be read, or was read before. */
export function directReadOf({ body, bodyUsed }: Request): DirectRead | undefined {
  return body === null || bodyUsed || body.locked ? undefined : reads.get(body);
}
