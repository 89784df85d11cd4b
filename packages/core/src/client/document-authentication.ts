import type { JsonWebKeySet, StatementAlgorithm } from '../software-statement/verifier.ts';

/**
 * How a client with a metadata document authenticates: what its document names of the methods that are supported.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7523#section-2.2 RFC 7523 §2.2}
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03 Client ID Metadata Document}
 */
export type DocumentAuthentication =
  /** Not at all: it is a public client. */
  | { readonly accepts: 'none' }
  | {
      /** By a signature always, or (`either`) by a signature or not at all, as the client chooses for each grant. */
      readonly accepts: 'private_key_jwt' | 'either';
      readonly keys: PublishedKeys;
      /** The only algorithm of its signatures. @default every supported one */
      readonly algorithm?: StatementAlgorithm;
    };

/** The public keys that a document names: in the document, or at an https URL that its author chose. */
export type PublishedKeys =
  | { readonly jwks: JsonWebKeySet; readonly jwksUri?: never }
  | { readonly jwksUri: string; readonly jwks?: never };
