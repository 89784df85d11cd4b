import type { ClientSource, ClientStore, DocumentClients } from '@vestibule/core';
import type { ClientRules } from '@vestibule/core/policy';
import type { SignatureCheck } from '@vestibule/assertions';
import type { Capabilities } from './capabilities.ts';
import type { Keyring } from './key/keyring.ts';
import type { RequestLimits } from './limits/request-limits.ts';
import type { AuthorizationServerOptions } from './options.ts';
import type { ProviderTokens } from './provider-tokens/provider-tokens.ts';
import type { ServerStores } from './ports/stores.ts';

/** What all endpoints of an authorization server use. */
export interface ServerContext
  extends
    Pick<AuthorizationServerOptions, 'realm' | 'issuer' | 'realms' | 'signIn' | 'pages'>,
    Pick<AuthorizationServerOptions, 'limiter' | 'audit' | 'clock' | 'generateToken' | 'tokenAliases'>,
    Omit<ServerStores, 'clients' | 'keys'> {
  readonly clients: ClientSource;
  /** Where uses of clients are recorded, and expired clients are kept. */
  readonly clientStore: ClientStore;
  /** Fetches the documents of clients. Absent: no client can be described by one. */
  readonly metadataDocuments?: DocumentClients | undefined;
  /** How clients are judged again. */
  readonly clientRules: ClientRules;
  readonly keyring: Keyring;
  readonly requestLimits: RequestLimits;
  /** Verifies the signatures of clients. */
  readonly signatures: SignatureCheck;
  readonly capabilities: Capabilities;
  /** Absent: all tokens are of this server. */
  readonly providerTokens?: ProviderTokens;
}
