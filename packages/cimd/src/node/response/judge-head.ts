import type { FetchFailure } from '../../fetch-document.ts';
import type { ResponseHeaders } from '../../freshness.ts';
import { failure, quoted } from '../failed-fetch.ts';
import { isJsonType } from './json-type.ts';

/** The head of a response. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: ResponseHeaders;
}

/** What was asked, as far as the head has to fit it. */
export interface Expected {
  /** Whether the request had an entity tag. */
  readonly isConditional: boolean;
  readonly maxBytes: number;
}

/**
 * Decides by the head of a response whether to read its body. Redirects are not followed: the URL that was judged is the URL
 * that is fetched.
 *
 * @returns `read`, `not-modified`, or why the response is refused
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-5 CIMD §5}
 */
export function judgeHead(
  { status, headers }: ResponseHead,
  { isConditional, maxBytes }: Expected,
): 'read' | 'not-modified' | FetchFailure {
  if (status === 304) {
    return isConditional
      ? 'not-modified'
      : failure('unexpected-not-modified', 'The response is 304 to a request without an entity tag.');
  }
  if (status >= 300 && status < 400) {
    return failure('redirect', `The response is ${status}, a redirect. Redirects are not followed.`);
  }
  if (status !== 200) return failure('status', `The status of the response is ${status}, not 200.`);
  return problemOfBody(headers, maxBytes) ?? 'read';
}

function problemOfBody(headers: ResponseHeaders, maxBytes: number): FetchFailure | undefined {
  const encoding = textOf(headers['content-encoding']) ?? 'identity';
  if (encoding.trim().toLowerCase() !== 'identity') {
    const detail = `The body is encoded as ${quoted(encoding)}, although the request accepts only identity.`;
    return failure('content-encoding', detail);
  }
  const type = textOf(headers['content-type']);
  if (type === undefined) return failure('content-type', 'The response has no Content-Type.');
  if (!isJsonType(type)) {
    return failure('content-type', `The Content-Type is ${quoted(type)}, not application/json in UTF-8.`);
  }
  const length = Number(textOf(headers['content-length']) ?? 0);
  return length <= maxBytes
    ? undefined
    : failure('too-large', `The body has ${length} bytes, more than the limit of ${maxBytes}.`);
}

/** A header with its values, if it is repeated, joined as the list that it then is (RFC 9110 §5.3). */
const textOf = (value: ResponseHeaders[string]): string | undefined =>
  value === undefined || typeof value === 'string' ? value : value.join(', ');
