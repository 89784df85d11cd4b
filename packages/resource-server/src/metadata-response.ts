import { base64url } from 'jose';
import type { ProtectedResourceMetadata } from './metadata.ts';

/** Responds with metadata, or with 304 if the client has it already. */
export type MetadataResponder = (
  metadata: ProtectedResourceMetadata,
  ifNoneMatch?: string | null,
) => Promise<Response>;

/** Enough for several entity tags; a longer list is answered with the whole document. */
const MAX_LENGTH = 1_024;

/** A metadata document, and what is computed from it once. */
interface Prepared {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Creates a responder that computes the entity tag once for each change of the metadata. Caches can store the response, and
 * have to ask each time whether it has changed, so that a changed scope is seen by the next request.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2 RFC 9110 §13.1.2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.4 RFC 9111 §5.2.2.4}
 */
export function createMetadataResponder(): MetadataResponder {
  let last: Prepared | undefined;
  return async (metadata, ifNoneMatch) => {
    const text = JSON.stringify(metadata);
    if (last?.text !== text) last = { text, headers: await headersOf(text) };
    const { headers } = last;
    return includes(ifNoneMatch, headers['etag'])
      ? new Response(null, { status: 304, headers })
      : new Response(text, { headers: { ...headers, 'content-type': 'application/json' } });
  };
}

async function headersOf(text: string): Promise<Readonly<Record<string, string>>> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return {
    'access-control-allow-origin': '*',
    'cache-control': 'no-cache',
    etag: `"${base64url.encode(digest)}"`,
    'x-content-type-options': 'nosniff',
  };
}

/** Whether an `If-None-Match` includes an entity tag. The comparison is weak: proxies that compress make tags weak. */
function includes(ifNoneMatch: string | null | undefined, etag: string | undefined): boolean {
  if (typeof ifNoneMatch !== 'string' || ifNoneMatch.length > MAX_LENGTH) return false;
  return ifNoneMatch
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === etag || tag === '*');
}
