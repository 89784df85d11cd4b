import type { AuditLog, ClientResolver, Clock, Entropy, RateLimiter, RealmDirectory } from '@vestibule/core';
import { type Endpoint, oauthError, type Route, withErrorBoundary } from '@vestibule/http';
import { createAuthorizationEndpoint } from './authorization/endpoint.ts';
import { CAPABILITIES } from './capabilities.ts';
import type { AuthorizationCode } from './code/authorization-code.ts';
import type { OneTimeStore } from './code/one-time-store.ts';
import { createConsentEndpoint } from './consent/endpoint.ts';
import type { ServerContext } from './context.ts';
import { metadataPaths, pathAt } from './endpoints.ts';
import type { GrantStore } from './grant/grant-store.ts';
import { createHandBackEndpoint } from './hand-back/endpoint.ts';
import { createJwksEndpoint } from './key/endpoint.ts';
import { createKeyring } from './key/keyring.ts';
import type { KeyStore } from './key/signing-key.ts';
import { createMetadataEndpoint } from './metadata/endpoint.ts';
import type { Pages } from './pages/pages.ts';
import { pageResponse } from './pages/respond.ts';
import type { SessionStore } from './session/session.ts';
import type { Authenticate } from './sign-in/authenticate.ts';
import { createSignInEndpoint } from './sign-in/endpoint.ts';
import { createTokenEndpoint } from './token/endpoint.ts';
import type { TransactionStore } from './transaction/transaction-store.ts';

/** What an authorization server keeps. */
export interface ServerStores {
  readonly transactions: TransactionStore;
  readonly codes: OneTimeStore<AuthorizationCode>;
  readonly grants: GrantStore;
  readonly sessions: SessionStore;
  readonly keys: KeyStore;
}

export interface AuthorizationServerOptions {
  /** The id of the realm it serves. */
  readonly realm: string;
  /** The realm's issuer identifier: every address is made from it, none from a request. */
  readonly issuer: string;
  readonly realms: RealmDirectory;
  readonly clients: ClientResolver;
  readonly stores: ServerStores;
  /** Says who a person is. */
  readonly authenticate: Authenticate;
  /** What people see. */
  readonly pages: Pages;
  readonly limiter: RateLimiter;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly entropy: Entropy;
  /** Told of every exception. The person or program gets a bare answer. */
  readonly onError: (error: unknown, request: Request) => void;
}

/** One realm's authorization server: an endpoint each, and all of them as routes below the issuer. */
export interface AuthorizationServer {
  readonly authorize: Endpoint;
  readonly signIn: Endpoint;
  readonly consent: Endpoint;
  readonly handBack: Endpoint;
  readonly token: Endpoint;
  readonly jwks: Endpoint;
  readonly metadata: Endpoint;
  readonly routes: readonly Route[];
}

export function createAuthorizationServer(options: AuthorizationServerOptions): AuthorizationServer {
  const { stores, onError, ...shared } = options;
  const { issuer, realm, clock, pages } = shared;
  const [algorithm = 'ES256'] = CAPABILITIES.signingAlgorithms;
  const keyring = createKeyring({ realm, store: stores.keys, clock, algorithm });
  const context: ServerContext = { ...shared, ...stores, keyring, capabilities: CAPABILITIES };

  const forPeople = (endpoint: Endpoint): Endpoint => {
    const respond = (): Response =>
      pageResponse(500, pages.problem({ realmName: '', problem: 'server-error' }));
    return withErrorBoundary({ onError, respond }, endpoint);
  };
  const forPrograms = (endpoint: Endpoint): Endpoint => {
    const respond = (): Response =>
      oauthError(500, 'server_error', 'the server could not answer; try again later', {
        'access-control-allow-origin': '*',
      });
    return withErrorBoundary({ onError, respond }, endpoint);
  };

  const endpoints = {
    authorize: forPeople(createAuthorizationEndpoint(context)),
    signIn: forPeople(createSignInEndpoint(context)),
    consent: forPeople(createConsentEndpoint(context)),
    handBack: forPeople(createHandBackEndpoint(context)),
    token: forPrograms(createTokenEndpoint(context)),
    jwks: forPrograms(createJwksEndpoint(context)),
  };
  const metadata = forPrograms(createMetadataEndpoint(context));
  const places = ['authorize', 'signIn', 'consent', 'handBack', 'token', 'jwks'] as const;
  return {
    ...endpoints,
    metadata,
    routes: [
      ...places.map((place) => ({ path: pathAt(issuer, place), endpoint: endpoints[place] })),
      ...metadataPaths(issuer).map((path) => ({ path, endpoint: metadata })),
    ],
  };
}
