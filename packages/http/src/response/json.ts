import { errorReply, jsonReply, tooManyReply, toResponse } from '../program/reply.ts';

/** A JSON response that is not cached. */
export const json = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response => toResponse(jsonReply(status, body, headers));

/**
 * An OAuth error as JSON.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 RFC 6749 §5.2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2 RFC 7591 §3.2.2}
 */
export const oauthError = (
  status: number,
  error: string,
  description: string,
  headers: Readonly<Record<string, string>> = {},
): Response => toResponse(errorReply(status, error, description, headers));

/** `429` with `Retry-After`. */
export const tooMany = (what: string, retryAfter: number): Response =>
  toResponse(tooManyReply(what, retryAfter));
