import { sha256 } from '../web/digest.ts';

/**
 * An authorization request that a client pushed, as it is kept until the person's browser comes with its `request_uri`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-2 RFC 9126 §2}
 */
export interface PushedRequest {
  readonly clientId: string;
  /** Its parameters, as a query. */
  readonly query: string;
  /** The interaction whose decision spent a request, on the mark that says so. Absent: this is a request. */
  readonly spentBy?: string;
}

const PREFIX = 'urn:ietf:params:oauth:request_uri:';

/**
 * The `request_uri` of a request that was pushed.
 *
 * @param reference 256 random bits
 * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-2.2 RFC 9126 §2.2}
 */
export const requestUri = (reference: string): string => `${PREFIX}${reference}`;

/** Whether this is the name of a request that was pushed, and no address. */
export const isPushed = (uri: string): boolean => uri.startsWith(PREFIX);

/** The key under which a request is kept. The client is part of it, so that nobody uses up a request of another's. */
export const pushedRequestKey = (clientId: string, uri: string): Promise<string> =>
  sha256(`pushed-request:${JSON.stringify([clientId, uri])}`);
