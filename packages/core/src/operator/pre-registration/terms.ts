import type { ApiAccess, ClientAuthentication } from '../../client/preregistration.ts';
import type { PreregisteredClient } from '../../client/client.ts';

/** What an operator wants a client to be that they make. */
export interface PreregistrationTerms {
  /** Its `client_id`. @default one that nobody can guess */
  readonly id?: string;
  /** As people are shown it. */
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly authentication: AuthenticationTerms;
  /** The APIs it may name, with the scopes it may hold at each. */
  readonly access: readonly ApiAccess[];
  /** Whether what a person allowed it once need not be asked again. @default false */
  readonly rememberConsent?: boolean;
}

/** How the client is to authenticate. */
export type AuthenticationTerms =
  | { readonly method: 'none' }
  | {
      readonly method: 'client_secret_basic' | 'client_secret_post';
      /** A secret that it has already. @default a new one */
      readonly secret?: string;
    }
  | Extract<ClientAuthentication, { readonly method: 'private_key_jwt' }>;

/** What an operator wants to be otherwise. What is left out stays as it is. */
export type Amendment = Partial<
  Pick<PreregistrationTerms, 'name' | 'redirectUris' | 'access' | 'rememberConsent'>
> & {
  /** Other keys, where it authenticates with `private_key_jwt`. */
  readonly keys?: Omit<Extract<ClientAuthentication, { readonly method: 'private_key_jwt' }>, 'method'>;
};

/** An expected "no": which of the terms it is, and what to do about it. */
export interface TermsRefused {
  readonly outcome: 'refused';
  readonly member: keyof PreregistrationTerms | 'keys';
  readonly problem: string;
}

export type Preregistering =
  | {
      readonly outcome: 'preregistered';
      readonly client: PreregisteredClient;
      /** A secret that was made for it: shown once, kept nowhere. */
      readonly secret?: string;
    }
  | TermsRefused
  /** There is no such realm. */
  | { readonly outcome: 'missing' };

export type Amending =
  | {
      readonly outcome: 'changed';
      /** The client as it was. */
      readonly before: PreregisteredClient;
      /** The client as it is. */
      readonly client: PreregisteredClient;
    }
  /** It has these terms already. */
  | { readonly outcome: 'unchanged'; readonly client: PreregisteredClient }
  | TermsRefused
  /** No operator made a client of this id. */
  | { readonly outcome: 'missing' };
