import type { ApiAccess, ClientAuthentication } from '../../client/preregistration.ts';
import type { PreregisteredClient } from '../../client/client.ts';

/** The terms of a pre-registered client. */
export interface PreregistrationTerms {
  /**
   * Its `client_id`. It can be the URL of a metadata document, which is then not fetched: a client that was known by the document is
   * replaced, and its grants end. @default a random one
   */
  readonly id?: string;
  /** The name that pages display. */
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly authentication: AuthenticationTerms;
  /** The APIs that it can use, with the scopes at each. */
  readonly access: readonly ApiAccess[];
  /** Whether consent is remembered, so that a person is not asked again. @default false */
  readonly rememberConsent?: boolean;
}

/** How the client is to authenticate. */
export type AuthenticationTerms =
  | { readonly method: 'none' }
  | {
      readonly method: 'client_secret_basic' | 'client_secret_post';
      /** An existing secret. @default a generated one */
      readonly secret?: string;
    }
  | Extract<ClientAuthentication, { readonly method: 'private_key_jwt' }>;

/** Changes to the terms. Absent members stay unchanged. */
export type Amendment = Partial<
  Pick<PreregistrationTerms, 'name' | 'redirectUris' | 'access' | 'rememberConsent'>
> & {
  /** Other keys, if it authenticates with `private_key_jwt`. */
  readonly keys?: Omit<Extract<ClientAuthentication, { readonly method: 'private_key_jwt' }>, 'method'>;
};

/** An expected refusal: which of the terms is wrong, and what to do. */
export interface TermsRefused {
  readonly outcome: 'refused';
  readonly member: keyof PreregistrationTerms | 'keys';
  readonly problem: string;
}

/** The result of pre-registering a client. */
export type Preregistering =
  | {
      readonly outcome: 'preregistered';
      readonly client: PreregisteredClient;
      /** A secret that was generated: returned once and not stored. */
      readonly secret?: string;
      /** It replaced the client that the document at its id described, and the grants of that one ended. */
      readonly replacedDocument?: true;
    }
  | TermsRefused
  /** The realm does not exist. */
  | { readonly outcome: 'missing' };

/** The result of changing a pre-registered client. */
export type Amending =
  | {
      readonly outcome: 'changed';
      /** The client before the change. */
      readonly before: PreregisteredClient;
      /** The client after the change. */
      readonly client: PreregisteredClient;
    }
  /** It has these terms already. */
  | { readonly outcome: 'unchanged'; readonly client: PreregisteredClient }
  | TermsRefused
  /** No pre-registered client has this id. */
  | { readonly outcome: 'missing' };

/** The result of storing a pre-registered client. */
export type PreregisteredInsertion =
  | {
      readonly outcome: 'inserted';
      readonly client: PreregisteredClient;
      /** It replaced the client that the document at its id described. */
      readonly replacedDocument?: true;
    }
  /** Another client has its id. */
  | { readonly outcome: 'exists' }
  /** An operator blocked the client that the document at its id describes. */
  | { readonly outcome: 'blocked' };

/** Replaces a client with its event; returns `false` if the client has changed or was deleted since it was read. */
export type ReplaceClient = (before: PreregisteredClient, after: PreregisteredClient) => Promise<boolean>;
