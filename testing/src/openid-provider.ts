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
  /** The parameters of the last authorization request. */
  readonly asked: URLSearchParams;
  /** Lets the person sign in, as their browser does at this URL. Returns where the provider sends the browser. */
  signIn(url: URL): Promise<URL>;
  stop(): void;
}

interface Code {
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
  const requested: string[] = [];
  const lies: Lies = {};
  const state: {
    person: ProviderClaims & { sub: string };
    authTime: number | undefined;
    asked: URLSearchParams;
  } = {
    person: { sub: 'ada-1', name: 'Ada Lovelace', email: 'ada@login.example', email_verified: true },
    authTime: undefined,
    asked: new URLSearchParams(),
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
        const code = codes.get(fields.get('code') ?? '');
        codes.delete(fields.get('code') ?? '');
        const [id, secret] = credentialsOf(request, fields);
        const isClient = id === clientId && secret === clientSecret;
        if (!isClient) return json(response, { error: 'invalid_client' }, 401);
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
        return json(response, { access_token: 'of-the-provider', token_type: 'Bearer', id_token: idToken });
      }
      case '/userinfo':
        return json(response, lies.userinfo?.(state.person) ?? state.person);
      default:
        response.writeHead(404).end();
    }
  }

  return Object.assign(state, {
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
