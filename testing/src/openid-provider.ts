import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { onTestFinished } from 'vitest';

/** Claims of an ID token or of userinfo. */
export type ProviderClaims = Record<string, unknown>;

/** What a provider does differently, for one test. */
export interface Lies {
  /** Changes the metadata. */
  metadata?: (metadata: ProviderClaims) => ProviderClaims;
  /** Changes the authorization response. */
  response?: (parameters: URLSearchParams) => void;
  /** Changes the claims of the ID token. `undefined`: there is none. */
  idToken?: (claims: ProviderClaims) => ProviderClaims | undefined;
  /** Signs the ID token. @default the key of the provider */
  key?: CryptoKey;
  userinfo?: (claims: ProviderClaims) => ProviderClaims;
  /** Replaces the response of the token endpoint. */
  token?: { readonly status: number; readonly body: object };
  /** Replaces the response to a refresh. */
  refresh?: { readonly status: number; readonly body: object };
  /** Replaces the response to a revocation, which does nothing. */
  revocation?: { readonly status: number; readonly body: object };
  /** Waits for it before it responds to a refresh. */
  refreshGate?: () => Promise<void>;
  /** Changes the claims of an access token for an API. */
  accessToken?: (claims: ProviderClaims) => ProviderClaims;
  /** Changes the response of the token endpoint. */
  tokens?: (body: ProviderClaims) => ProviderClaims;
  /** Whether the PKCE verifier is not compared. */
  skipsPkce?: boolean;
}

/** An OpenID provider on this computer, which a test can let lie. It has no dynamic registration, and signs one person in. */
export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly lies: Lies;
  /** The person who signs in, with all their claims. */
  person: ProviderClaims & { sub: string };
  /** When the person signed in, in seconds. @default now */
  authTime: number | undefined;
  /** The paths that were requested, in order. */
  readonly requested: readonly string[];
  /** The refresh tokens that can be used now. Each use replaces one; the use of a replaced one ends its family. */
  readonly refreshTokens: ReadonlyMap<string, IssuedTokens>;
  /** The refresh tokens that were revoked. */
  readonly revoked: readonly string[];
  /** How many refreshes were answered. */
  refreshes: number;
  /** The parameters of the last authorization request. */
  readonly asked: URLSearchParams;
  /** Lets the person sign in, as their browser does at this URL. Returns where the provider sends the browser. */
  signIn(url: URL): Promise<URL>;
  stop(): void;
}

/** What tokens are issued for. */
interface IssuedTokens {
  readonly scope: string;
  /** The API, by `resource` or `audience`; empty for none. */
  readonly audience: string;
  readonly sub: string;
  readonly family: string;
}

interface Code {
  readonly scope: string;
  readonly audience: string;
  readonly nonce: string;
  readonly challenge: string;
  readonly redirectUri: string;
}

/** Starts a provider on a free port, with plain http. It is stopped after the test. */
export async function startOpenIdProvider(clientId = 'vestibule'): Promise<TestProvider> {
  const provider = await openOpenIdProvider(clientId);
  onTestFinished(() => provider.stop());
  return provider;
}

/** Starts a provider on a free port, with plain http, until `stop`. */
export async function openOpenIdProvider(clientId = 'vestibule'): Promise<TestProvider> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const kid = randomUUID();
  const clientSecret = randomUUID();
  const codes = new Map<string, Code>();
  const refreshTokens = new Map<string, IssuedTokens>();
  const replaced = new Map<string, IssuedTokens>();
  const revoked: string[] = [];
  const requested: string[] = [];
  const lies: Lies = {};
  const state: {
    person: ProviderClaims & { sub: string };
    authTime: number | undefined;
    asked: URLSearchParams;
    refreshes: number;
  } = {
    person: { sub: 'ada-1', name: 'Ada Lovelace', email: 'ada@login.example', email_verified: true },
    authTime: undefined,
    asked: new URLSearchParams(),
    refreshes: 0,
  };
  const server = createServer((request, response) => void respond(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const json = (response: ServerResponse, body: object, status = 200): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    requested.push(url.pathname);
    switch (url.pathname) {
      case '/.well-known/openid-configuration': {
        const metadata = {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          jwks_uri: `${issuer}/jwks`,
          revocation_endpoint: `${issuer}/revoke`,
          end_session_endpoint: `${issuer}/logout`,
          authorization_response_iss_parameter_supported: true,
          response_types_supported: ['code'],
          id_token_signing_alg_values_supported: ['RS256'],
        };
        return json(response, lies.metadata?.(metadata) ?? metadata);
      }
      case '/jwks':
        return json(response, { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }] });
      case '/authorize': {
        const code = randomUUID();
        state.asked = url.searchParams;
        codes.set(code, {
          scope: url.searchParams.get('scope') ?? '',
          audience: url.searchParams.get('resource') ?? url.searchParams.get('audience') ?? '',
          nonce: url.searchParams.get('nonce') ?? '',
          challenge: url.searchParams.get('code_challenge') ?? '',
          redirectUri: url.searchParams.get('redirect_uri') ?? '',
        });
        const back = new URL(url.searchParams.get('redirect_uri') ?? '');
        back.search = new URLSearchParams({
          code,
          state: url.searchParams.get('state') ?? '',
          iss: issuer,
        }).toString();
        lies.response?.(back.searchParams);
        response.writeHead(302, { location: back.href }).end();
        return;
      }
      case '/token': {
        if (lies.token !== undefined) return json(response, lies.token.body, lies.token.status);
        const fields = new URLSearchParams(await bodyOf(request));
        const [id, secret] = credentialsOf(request, fields);
        const isClient = id === clientId && secret === clientSecret;
        if (!isClient) return json(response, { error: 'invalid_client' }, 401);
        if (fields.get('grant_type') === 'refresh_token') return refresh(fields, response);
        const code = codes.get(fields.get('code') ?? '');
        codes.delete(fields.get('code') ?? '');
        const challenge = createHash('sha256')
          .update(fields.get('code_verifier') ?? '')
          .digest('base64url');
        const isProved = lies.skipsPkce === true || challenge === code?.challenge;
        if (code === undefined || !isProved || fields.get('redirect_uri') !== code.redirectUri) {
          return json(response, { error: 'invalid_grant' }, 400);
        }
        const now = Math.floor(Date.now() / 1_000);
        const all = {
          iss: issuer,
          aud: clientId,
          nonce: code.nonce,
          iat: now,
          exp: now + 300,
          auth_time: state.authTime ?? now,
          ...state.person,
        };
        const claims = lies.idToken === undefined ? all : lies.idToken(all);
        const idToken =
          claims &&
          (await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(lies.key ?? privateKey));
        const { scope, audience } = code;
        if (audience === '') {
          return json(response, { access_token: 'of-the-provider', token_type: 'Bearer', id_token: idToken });
        }
        const issued = { scope, audience, sub: state.person.sub, family: randomUUID() };
        const tokens = { ...(await tokensFor(issued)), id_token: idToken };
        return json(response, lies.tokens?.(tokens) ?? tokens);
      }
      case '/revoke': {
        if (lies.revocation !== undefined) {
          return json(response, lies.revocation.body, lies.revocation.status);
        }
        const token = new URLSearchParams(await bodyOf(request)).get('token') ?? '';
        revoked.push(token);
        refreshTokens.delete(token);
        response.writeHead(200).end();
        return;
      }
      case '/userinfo':
        return json(response, lies.userinfo?.(state.person) ?? state.person);
      default:
        response.writeHead(404).end();
    }
  }

  /** An access token for an API, and a refresh token if `offline_access` was requested. */
  async function tokensFor(issued: IssuedTokens): Promise<ProviderClaims> {
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      iss: issuer,
      aud: issued.audience,
      sub: issued.sub,
      client_id: clientId,
      scope: issued.scope,
      jti: randomUUID(),
      iat: now,
      exp: now + 300,
    };
    const signing = new SignJWT(lies.accessToken?.(claims) ?? claims);
    const accessToken = await signing
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'at+jwt' })
      .sign(privateKey);
    const refreshToken = randomUUID();
    const isOffline = issued.scope.split(' ').includes('offline_access');
    if (isOffline) refreshTokens.set(refreshToken, issued);
    return {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: 300,
      scope: issued.scope,
      ...(isOffline && { refresh_token: refreshToken }),
    };
  }

  async function refresh(fields: URLSearchParams, response: ServerResponse): Promise<void> {
    state.refreshes += 1;
    await lies.refreshGate?.();
    if (lies.refresh !== undefined) return json(response, lies.refresh.body, lies.refresh.status);
    const presented = fields.get('refresh_token') ?? '';
    const again = replaced.get(presented);
    if (again !== undefined) {
      for (const [token, { family }] of refreshTokens) {
        if (family === again.family) refreshTokens.delete(token);
      }
    }
    const issued = refreshTokens.get(presented);
    if (issued === undefined) return json(response, { error: 'invalid_grant' }, 400);
    refreshTokens.delete(presented);
    replaced.set(presented, issued);
    const tokens = await tokensFor({ ...issued, scope: fields.get('scope') ?? issued.scope });
    return json(response, lies.tokens?.(tokens) ?? tokens);
  }

  return Object.assign(state, {
    refreshTokens,
    revoked,
    issuer,
    clientId,
    clientSecret,
    lies,
    requested,
    async signIn(url: URL): Promise<URL> {
      const response = await fetch(url, { redirect: 'manual' });
      const location = response.headers.get('location');
      if (location === null) throw new Error(`The provider responded ${response.status}.`);
      return new URL(location);
    },
    stop(): void {
      server.closeAllConnections();
      server.close();
    },
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

/** The id and the secret of a client, from either place. In the header both are form-encoded (RFC 6749 §2.3.1). */
function credentialsOf(
  request: IncomingMessage,
  fields: URLSearchParams,
): readonly (string | null | undefined)[] {
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (basic === undefined) return [fields.get('client_id'), fields.get('client_secret')];
  return Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent);
}

/** The same claims, or the same metadata, without some members. */
export const without = (claims: ProviderClaims, ...names: readonly string[]): ProviderClaims =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));
