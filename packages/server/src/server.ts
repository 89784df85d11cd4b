import {
  checkOptions,
  type ClientSealer,
  type ClientSource,
  createProcessCounts,
  storedClients,
} from '@vestibule/core';
import { sealedClients } from '@vestibule/core/registration';
import {
  documentEndpoint,
  type Handler,
  plainEndpoint,
  programEndpoint,
  type PlainHandler,
  type Reply,
  type Route,
  withCors,
  withErrorBoundary,
} from '@vestibule/http';
import { createAuthorizationEndpoint } from './endpoints/authorize.ts';
import { CAPABILITIES } from './capabilities.ts';
import { clientSignatures } from './client/authentication/client-signatures.ts';
import { createConnectedAppsEndpoint } from './endpoints/connected-apps.ts';
import { createConnectedAppsSignInEndpoint } from './endpoints/connected-apps-sign-in.ts';
import { createConsentEndpoint } from './endpoints/consent.ts';
import type { ServerContext } from './server-context.ts';
import { currentRealm } from './context/current-realm.ts';
import { hasOwnPaths, placedPage, placesPath } from './web/place.ts';
import { refusePlantedCookies } from './interaction/refuse-planted-cookies.ts';
import { metadataPaths, pathAt } from './web/paths.ts';
import { createAuthorizationResponseEndpoint } from './endpoints/authorization-response.ts';
import { createIntrospectionEndpoint } from './endpoints/introspect.ts';
import { plainKeys } from './key/key-cipher.ts';
import { createProviderTokens } from './provider-tokens/provider-tokens.ts';
import { createJwksSource } from './endpoints/jwks.ts';
import { createKeyring } from './key/keyring.ts';
import { createMetadataSource } from './endpoints/metadata.ts';
import { createRequestLimits } from './limits/request-limits.ts';
import { type AuthorizationServerOptions, SERVER_OPTIONS, SERVER_STORES } from './options.ts';
import { pageHandler } from './pages/page-handler.ts';
import { strictTransport } from './pages/strict-transport.ts';
import { createRevocationEndpoint } from './endpoints/revoke.ts';
import { createRevocationListEndpoint } from './endpoints/revocation-list.ts';
import { createProviderReturnEndpoint } from './endpoints/provider-return.ts';
import { createPushedAuthorizationRequestEndpoint } from './endpoints/pushed-authorization-request.ts';
import { createRulesEndpoint } from './endpoints/rules.ts';
import { createSignInEndpoint } from './endpoints/sign-in.ts';
import { createSignInReturnEndpoint } from './endpoints/sign-in-return.ts';
import {
  type FinishOutcome,
  findSignIn,
  finishSignIn,
  type PendingSignIn,
} from './sign-in/finish-sign-in.ts';
import type { AuthenticatedPerson } from './sign-in/sign-in-method.ts';
import { endSession } from './person/current-session.ts';
import { createSignOutEndpoint } from './endpoints/sign-out.ts';
import { type GenuineAccessToken, standingOfToken } from './token/standing-access-token.ts';
import { createTokenEndpoint } from './endpoints/token.ts';
import { wasStoredIn } from './client/store-sealed-client.ts';
import { createUserinfoEndpoint } from './endpoints/userinfo.ts';

/** The authorization server of one realm: a handler for each endpoint, and all of them as routes below the issuer. */
export interface AuthorizationServer {
  readonly authorize: Handler;
  readonly signIn: Handler;
  readonly signInReturn: Handler;
  readonly providerReturn: Handler;
  readonly consent: Handler;
  readonly handBack: Handler;
  readonly apps: Handler;
  readonly appsSignIn: Handler;
  readonly signOut: Handler;
  readonly pushedRequest: Handler;
  readonly token: Handler;
  readonly jwks: Handler;
  readonly revoke: Handler;
  readonly introspect: Handler;
  readonly revocations: Handler;
  readonly userinfo: Handler;
  readonly metadata: Handler;
  /**
   * For an API in this process that verified an access token itself: the current scopes of the token. `undefined` if it or
   * its grant has ended, its client cannot be used, or a gate is closed.
   */
  readonly scopesNow: (token: GenuineAccessToken) => Promise<readonly string[] | undefined>;
  /** Looks up the sign-in of a `state`, for a page of the host application that carries it out. */
  readonly findSignIn: (state: string) => Promise<PendingSignIn>;
  /**
   * Finishes a sign-in that a {@link SignInMethod} sent to a page of the host application, after that page has found out who the
   * person is.
   *
   * @throws TypeError if the person has no usable subject or name
   */
  readonly finishSignIn: (state: string, authenticated: AuthenticatedPerson) => Promise<FinishOutcome>;
  /**
   * Ends the session that the browser of a request has here, for example when the person signs out of the host application on
   * the same host. Returns the `Set-Cookie` headers that make the browser forget it.
   */
  readonly endSession: (request: Request) => Promise<readonly string[]>;
  readonly routes: readonly Route[];
}

/**
 * Creates the endpoints of one realm: authorization, token, metadata and the rest, each from `Request` to `Response`.
 *
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 * @example
 * ```ts
 * import { createPages } from '@vestibule/consent-ui';
 * import { openDatabase } from '@vestibule/database';
 * import { randomToken } from '@vestibule/http';
 * import { createAuthorizationServer, passwords } from '@vestibule/server';
 *
 * const { stores, limiter } = await openDatabase('sqlite:./vestibule.db');
 * const server = createAuthorizationServer({
 *   realm: 'main',
 *   issuer: 'https://id.example',
 *   realms: stores.realms,
 *   stores,
 *   limiter,
 *   audit: stores.audit,
 *   pages: createPages(),
 *   signIn: passwords({ authenticate: async () => undefined }),
 *   clock: Date.now,
 *   generateToken: randomToken,
 *   onError: console.error,
 * });
 * for (const { path } of server.routes) console.log(path);
 * ```
 */
export function createAuthorizationServer(options: AuthorizationServerOptions): AuthorizationServer {
  checkOptions('createAuthorizationServer', options, SERVER_OPTIONS);
  checkOptions('createAuthorizationServer: stores', options.stores, SERVER_STORES, { others: 'allowed' });
  const { stores, onError, registration, management, fetch, keyCipher = plainKeys, ...others } = options;
  const { providerTokens, policy, vendors, sealer, clients = clientsOf(options, sealer), ...shared } = others;
  const { issuer, audit, clock, pages } = shared;
  if (providerTokens !== undefined && keyCipher === plainKeys) {
    throw new TypeError(
      'createAuthorizationServer: providerTokens needs keyCipher: tokens of a provider are stored encrypted only.',
    );
  }
  // Listed by name: the object may have other stores as well, which must not replace the ones that were passed.
  const { interactions, codes, grants, sessions, finishedSignIns, keys, people } = stores;
  const { pushedRequests, replays, revokedTokens, commit } = stores;
  const capabilities = {
    ...CAPABILITIES,
    registration: registration !== undefined,
    metadataDocuments: options.metadataDocuments !== undefined,
  };
  const keyring = createKeyring({ store: keys, commit, cipher: keyCipher, audit, clock });
  const signatures = clientSignatures({ fetch, metadataDocuments: options.metadataDocuments });
  const ofPeople = { interactions, codes, grants, sessions, finishedSignIns, people };
  const kept = { ...ofPeople, pushedRequests, replays, revokedTokens, commit };
  const requestLimits = createRequestLimits(createProcessCounts(), clock);
  const context: ServerContext = {
    ...shared,
    ...kept,
    clients,
    clientStore: stores.clients,
    clientRules: { ...(policy !== undefined && { policy }), ...(vendors !== undefined && { vendors }) },
    keyring,
    signatures,
    capabilities,
    requestLimits,
    ...(providerTokens && {
      providerTokens: createProviderTokens({
        ...providerTokens,
        realm: options.realm,
        cipher: keyCipher,
        clock,
        generateToken: options.generateToken,
      }),
    }),
  };

  const ofPages = { pages, onError, headers: strictTransport(issuer) };
  const page = (methods: readonly string[], handler: PlainHandler): PlainHandler =>
    pageHandler({ ...ofPages, methods, handler, refuse: refusePlantedCookies(context) });
  const forPrograms = (methods: readonly string[], handler: PlainHandler): Handler =>
    programEndpoint({ methods, onError, handler });
  const forReaders = (handler: Handler): Handler => withCors(['GET'], withErrorBoundary(onError, handler));

  const handlers = {
    authorize: page(['GET', 'POST'], createAuthorizationEndpoint(context)),
    signIn: page(['GET', 'POST'], createSignInEndpoint(context)),
    signInReturn: page(['GET'], createSignInReturnEndpoint(context)),
    providerReturn: page(['GET'], createProviderReturnEndpoint(context)),
    consent: page(['GET', 'POST'], createConsentEndpoint(context)),
    handBack: page(['GET'], createAuthorizationResponseEndpoint(context)),
    apps: page(['GET', 'POST'], createConnectedAppsEndpoint(context)),
    appsSignIn: page(['GET', 'POST'], createConnectedAppsSignInEndpoint(context)),
    signOut: page(['GET', 'POST'], createSignOutEndpoint(context)),
  };
  const endpoints = {
    authorize: plainEndpoint(handlers.authorize),
    signIn: plainEndpoint(handlers.signIn),
    signInReturn: plainEndpoint(handlers.signInReturn),
    providerReturn: plainEndpoint(handlers.providerReturn),
    consent: plainEndpoint(handlers.consent),
    handBack: plainEndpoint(handlers.handBack),
    apps: plainEndpoint(handlers.apps),
    appsSignIn: plainEndpoint(handlers.appsSignIn),
    signOut: plainEndpoint(handlers.signOut),
    pushedRequest: forPrograms(['POST'], createPushedAuthorizationRequestEndpoint(context)),
    token: forPrograms(['POST'], createTokenEndpoint(context)),
    jwks: documentEndpoint(createJwksSource(context), forReaders),
    revoke: forPrograms(['POST'], createRevocationEndpoint(context)),
    introspect: forPrograms(['POST'], createIntrospectionEndpoint(context)),
    revocations: forPrograms(['GET'], createRevocationListEndpoint(context)),
    userinfo: forPrograms(['GET', 'POST'], createUserinfoEndpoint(context)),
  };
  const rules = plainEndpoint(
    pageHandler({ ...ofPages, methods: ['GET'], handler: createRulesEndpoint(context) }),
  );
  const metadata = documentEndpoint(createMetadataSource(context), forReaders);
  const registrationRoutes = (): readonly Route[] => {
    if (registration === undefined) return [];
    const path = pathAt(issuer, 'register');
    return [
      { path, endpoint: registration },
      ...(management === undefined ? [] : [{ path, below: true, endpoint: management }]),
      { path: pathAt(issuer, 'rules'), endpoint: rules },
    ];
  };
  const forPages = [
    'authorize',
    'signIn',
    'signInReturn',
    ...(providerTokens === undefined ? [] : (['providerReturn'] as const)),
    'consent',
    'handBack',
    'apps',
    'appsSignIn',
    'signOut',
  ] as const;
  const forMachines = [
    'pushedRequest',
    'token',
    'jwks',
    'revoke',
    'introspect',
    'revocations',
    'userinfo',
  ] as const;
  const places = [...forPages, ...forMachines];
  const atPlace = plainEndpoint(async (request, info): Promise<Reply | undefined> => {
    const placed = placedPage(issuer, request);
    return placed && handlers[placed](request, info);
  });
  return {
    ...endpoints,
    metadata,
    scopesNow: async (token) => {
      const standing = await standingOfToken(context, await currentRealm(context), token);
      return standing?.scopes;
    },
    findSignIn: (state) => findSignIn(context, state),
    finishSignIn: async (state, authenticated) =>
      finishSignIn(context, await currentRealm(context), state, authenticated),
    endSession: (request) => endSession(context, request),
    routes: [
      ...registrationRoutes(),
      ...places.map((place) => ({ path: pathAt(issuer, place), endpoint: endpoints[place] })),
      ...(shared.tokenAliases ?? []).map((path) => ({ path, endpoint: endpoints.token })),
      ...(hasOwnPaths(issuer) ? [{ path: placesPath(issuer), below: 2, endpoint: atPlace }] : []),
      ...metadataPaths(issuer).map((path) => ({ path, endpoint: metadata })),
    ],
  };
}

/** The stored clients, and those that are not stored yet if they can be opened. */
const clientsOf = (
  { stores, realms, clock }: AuthorizationServerOptions,
  sealer: ClientSealer | undefined,
): ClientSource =>
  sealer === undefined
    ? storedClients(stores.clients)
    : sealedClients({ clients: stores.clients, realms, sealer, clock, wasStored: wasStoredIn(stores) });
