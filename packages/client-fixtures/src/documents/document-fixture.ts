import type { Redirect } from '../redirects/redirect.ts';

/** The metadata document of an agent, and the redirect URIs that it comes with. */
export interface DocumentFixture {
  /** Stable: `claude-code`. */
  readonly id: string;
  /** Its name for people. */
  readonly client: string;
  /** Where this information comes from. */
  readonly source: string;
  /** Other behavior. */
  readonly notes: readonly string[];
  /** The document as it is published. Its `client_id` is its URL. */
  readonly document: PublishedDocument;
  /** Tried in this order. The first is always one that works. */
  readonly redirects: readonly Redirect[];
}

/** @see {@link https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/ Client ID Metadata Document} */
export interface PublishedDocument {
  readonly client_id: string;
  readonly client_name: string;
  readonly redirect_uris: readonly string[];
  readonly client_uri?: string;
  readonly logo_uri?: string;
  readonly grant_types?: readonly string[];
  readonly response_types?: readonly string[];
  readonly application_type?: string;
  readonly token_endpoint_auth_method?: string;
  readonly token_endpoint_auth_methods_supported?: readonly string[];
  readonly token_endpoint_auth_signing_alg?: string;
  readonly jwks_uri?: string;
  readonly code_challenge_methods_supported?: readonly string[];
}
