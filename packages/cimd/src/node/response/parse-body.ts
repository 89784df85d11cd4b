import type { FetchFailure } from '../../fetch-document.ts';
import { failure } from '../failed-fetch.ts';

/** The JSON of a body, or why it is refused. */
export type ParsedBody = { readonly ok: true; readonly body: unknown } | FetchFailure;

/**
 * Parses a body as JSON in UTF-8. A byte order mark is ignored, as RFC 8259 §8.1 allows. Messages of the parser are not part
 * of the detail, because they quote the body.
 */
export function parseBody(bytes: Uint8Array): ParsedBody {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { ok: true, body: JSON.parse(text) };
  } catch (error) {
    return failure(
      'not-json',
      error instanceof SyntaxError ? 'The body is not JSON.' : 'The body is not UTF-8.',
    );
  }
}
