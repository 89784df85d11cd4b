import { type Refusal, refusal } from '@vestibule/core';
import type { PlainRequest } from '../program/plain-request.ts';
import { repeatedMember } from './repeated-member.ts';
import { hasMediaType } from './media-type.ts';
import { MAX_BODY_BYTES, readText } from './read-text.ts';

/** A JSON body, or the refusal of one that is too large or invalid. */
export type JsonBody =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: number; readonly refusal: Refusal };

/** Reads a body of client metadata, or returns why it cannot be read. */
export async function readJson(request: Request | PlainRequest): Promise<JsonBody> {
  if (!hasMediaType(request, 'application/json')) {
    return refused(415, 'body.media-type', 'the body must be application/json, in UTF-8 and not compressed');
  }
  const body = await readText(request);
  if (!body.ok) {
    return body.problem === 'too-large'
      ? refused(413, 'body.size', `the body must be at most ${MAX_BODY_BYTES} bytes`)
      : refused(400, 'body.utf-8', 'the body must be UTF-8');
  }
  const { text } = body;
  try {
    const value: unknown = JSON.parse(text);
    const repeated = repeatedMember(text, value);
    return repeated === undefined
      ? { ok: true, value }
      : refused(400, 'body.repeated-member', `the body holds ${repeated} twice; send each member once`);
  } catch {
    return refused(400, 'body.json', 'the body must be a JSON object; this is not JSON');
  }
}

const refused = (status: number, rule: string, problem: string): JsonBody => ({
  ok: false,
  status,
  refusal: refusal('invalid_client_metadata', rule, problem),
});
