import { quote } from '@vestibule/core';
import { hasMediaType, MAX_BODY_BYTES, type PlainRequest, readText } from '@vestibule/http';
import { repeatedParameter } from './parameters.ts';

/** The parameters of a form, or what is wrong with it. */
export type FormParameters =
  | { readonly ok: true; readonly parameters: URLSearchParams }
  | { readonly ok: false; readonly status: 400 | 413 | 415; readonly description: string };

/**
 * Reads the parameters of a program's request. An empty one counts as absent, and only the listed ones can be repeated.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-3.2 RFC 6749 §3.2}
 */
export async function readParameters(
  request: PlainRequest,
  mayRepeat: readonly string[] = [],
): Promise<FormParameters> {
  if (!hasMediaType(request, 'application/x-www-form-urlencoded')) {
    return { ok: false, status: 415, description: 'the body must be application/x-www-form-urlencoded' };
  }
  const body = await readText(request);
  if (!body.ok) {
    return body.problem === 'too-large'
      ? { ok: false, status: 413, description: `the body must be at most ${MAX_BODY_BYTES} bytes` }
      : { ok: false, status: 400, description: 'the body must be UTF-8' };
  }
  const given = new URLSearchParams(body.text);
  const parameters = new URLSearchParams([...given].filter(([, value]) => value !== ''));
  const repeated = repeatedParameter(parameters, mayRepeat);
  return repeated === undefined
    ? { ok: true, parameters }
    : { ok: false, status: 400, description: `${quote(repeated)} is repeated` };
}
