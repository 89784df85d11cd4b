import type { PlainRequest } from '../program/plain-request.ts';
import { readPieces } from './read-pieces.ts';

/** The largest body that is read, in bytes. */
export const MAX_BODY_BYTES: number = 64 * 1024;

/** The text of a body, or why it cannot be read. */
export type BodyText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: 'too-large' | 'not-utf-8' };

/** Reads a body as UTF-8, and stops at the first byte over the limit. */
export async function readText(
  request: Request | PlainRequest,
  limit: number = MAX_BODY_BYTES,
): Promise<BodyText> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return { ok: false, problem: 'too-large' };
  const pieces = await ('readBody' in request ? request.readBody(limit) : readPieces(request, limit));
  return pieces === 'too-large' ? { ok: false, problem: 'too-large' } : decode(pieces);
}

/** Decodes a text that has arrived as a whole, which leaves no state in a decoder. */
const wholeDecoder = new TextDecoder('utf-8', { fatal: true });

function decode(pieces: readonly Uint8Array[]): BodyText {
  const [only, ...others] = pieces;
  try {
    if (only !== undefined && others.length === 0) return { ok: true, text: wholeDecoder.decode(only) };
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const text = pieces.map((piece) => decoder.decode(piece, { stream: true })).join('');
    return { ok: true, text: text + decoder.decode() };
  } catch {
    return { ok: false, problem: 'not-utf-8' };
  }
}
