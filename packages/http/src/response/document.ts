import { sha256 } from '../hash.ts';
import type { Endpoint, Handler } from '../handler.ts';
import { headersForPages } from './cors.ts';
import { matchesEtag } from './etag.ts';
import { streamOf } from './known-body.ts';
import { allowMethods } from './methods.ts';

/** A public JSON document, serialized once: pages of any origin can read it. */
export interface PreparedDocument {
  readonly body: Uint8Array<ArrayBuffer>;
  /** A strong entity tag, with its quotes. */
  readonly etag: string;
  /** The headers of a `200` response. */
  readonly headers: Readonly<Record<string, string>>;
  /** The headers of a `304` response, which has no body. */
  readonly unchangedHeaders: Readonly<Record<string, string>>;
}

/**
 * `Cache-Control` of a document whose changes have to be seen by the next request: caches can store it, and have to ask whether
 * it has changed each time.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.4 RFC 9111 §5.2.2.4}
 */
export const ASK_EACH_TIME = 'no-cache';

/**
 * Prepares a document.
 *
 * @param cacheControl the `Cache-Control` of the response
 */
export type PrepareDocument = (value: object, cacheControl: string) => PreparedDocument;

/**
 * A function that serializes the versions of one document, and returns the same object again while neither the JSON nor
 * `Cache-Control` has changed.
 */
export function createDocumentPreparer(): PrepareDocument {
  let last:
    { readonly text: string; readonly cacheControl: string; readonly made: PreparedDocument } | undefined;
  return (value, cacheControl) => {
    const text = JSON.stringify(value);
    if (last?.text === text && last.cacheControl === cacheControl) return last.made;
    const made = prepared(text, cacheControl);
    last = { text, cacheControl, made };
    return made;
  };
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3 RFC 9110 §8.8.3} */
function prepared(text: string, cacheControl: string): PreparedDocument {
  const etag = `"${sha256(text)}"`;
  const unchangedHeaders = { 'cache-control': cacheControl, etag, ...headersForPages() };
  return {
    body: new TextEncoder().encode(text),
    etag,
    headers: { ...unchangedHeaders, 'content-type': 'application/json' },
    unchangedHeaders,
  };
}

/** Reads the current document. */
export type DocumentSource = () => Promise<PreparedDocument>;

const sources = new WeakMap<Endpoint, DocumentSource>();

/**
 * An endpoint that responds to GET with a document: with 304 if the client has it already. A server that knows
 * {@link documentSourceOf} sends the document without making a `Request` and a `Response`.
 *
 * @param around adds to the handler what every method and every failure needs
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5 RFC 9110 §15.4.5}
 */
export function documentEndpoint(read: DocumentSource, around: (handler: Handler) => Handler): Handler {
  const respond: Handler = async (request) =>
    documentResponse(await read(), request.headers.get('if-none-match'));
  const endpoint = around(allowMethods(['GET'], respond));
  sources.set(endpoint, read);
  return endpoint;
}

/** The document of an endpoint. `undefined` if it does not serve one, or another handler was put around it. */
export const documentSourceOf = (endpoint: Endpoint): DocumentSource | undefined => sources.get(endpoint);

/** Whether the client has the document already. */
export const isUnchanged = ({ etag }: PreparedDocument, ifNoneMatch: string | null | undefined): boolean =>
  matchesEtag(ifNoneMatch, etag);

function documentResponse(document: PreparedDocument, ifNoneMatch: string | null): Response {
  return isUnchanged(document, ifNoneMatch)
    ? new Response(null, { status: 304, headers: document.unchangedHeaders })
    : new Response(streamOf(document.body), { headers: document.headers });
}
