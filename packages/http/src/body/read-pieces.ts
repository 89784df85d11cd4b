import { directReadOf, type PiecesOfBody } from './direct-read.ts';

/**
 * Reads the whole body of a request, or stops at the first byte over the limit. The stream is not canceled, because that would
 * close the connection before the response is sent.
 */
export async function readPieces(request: Request, limit: number): Promise<PiecesOfBody> {
  const read = directReadOf(request);
  if (read !== undefined) return read(limit);
  const pieces: Uint8Array[] = [];
  const reader = request.body?.getReader();
  let size = 0;
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done || value === undefined) return pieces;
      size += value.byteLength;
      if (size > limit) return 'too-large';
      pieces.push(value);
    }
  } finally {
    reader?.releaseLock();
  }
}
