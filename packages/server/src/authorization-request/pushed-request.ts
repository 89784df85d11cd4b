import type { BoundMethod } from '../records/grant.ts';
import { sha256 } from '../web/digest.ts';

/**
 * A pushed authorization request, stored until the person's browser presents its `request_uri`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-2 RFC 9126 §2}
 */
export interface PushedRequest {
  readonly clientId: string;
  /** Its parameters, as a query. */
  readonly query: string;
  /** How the client authenticated, if its grant is to be bound to that. */
  readonly clientMethod?: BoundMethod;
  /** Present if this is the marker of a consumed request: the interaction whose decision consumed it. */
  readonly spentBy?: string;
}

const PREFIX = 'urn:ietf:params:oauth:request_uri:';

/**
 * The `request_uri` of a pushed request.
 *
 * @param reference 256 random bits
 * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-2.2 RFC 9126 §2.2}
 */
export const requestUri = (reference: string): string => `${PREFIX}${reference}`;

/** Whether this is the `request_uri` of a pushed request and not another URL. */
export const isPushed = (uri: string): boolean => uri.startsWith(PREFIX);

/** The key under which a request is stored. It includes the client, so that no client can use up a request of another. */
export const pushedRequestKey = (clientId: string, uri: string): string =>
  sha256(`pushed-request:${JSON.stringify([clientId, uri])}`);
