import { authorizationUrl, metadataUrls, ServerNotFound, UNREGISTERED } from '@vestibule/client-fixtures';
import { PAGE } from '../checks/page-access.ts';
import { firstFound, FOREIGN_HOST, type IssuerEvidence, urlIn } from '../evidence/evidence.ts';
import type { JsonObject } from '../exchange/exchange.ts';
import type { Ask } from '../exchange/exchange-with.ts';
import { find } from './find-document.ts';
import { NAVIGATION } from './first-request.ts';

type Metadata = IssuerEvidence['metadata'];

/** Looks for the metadata of an issuer at every URL where agents do. Empty if it cannot be an issuer. */
export async function findIssuerMetadata(issuer: string, ask: Ask): Promise<Metadata> {
  const found: Metadata[number][] = [];
  for (const url of urlsOf(issuer)) found.push(await find(placeOf(url), url, ask));
  return found;
}

function urlsOf(issuer: string): readonly string[] {
  try {
    return metadataUrls(issuer);
  } catch (error) {
    if (error instanceof ServerNotFound) return [];
    throw error;
  }
}

function placeOf(url: string): Metadata[number]['place'] {
  const { pathname } = new URL(url);
  if (pathname.startsWith('/.well-known/oauth-authorization-server')) return 'oauth';
  return pathname.startsWith('/.well-known/') ? 'openid-inserted' : 'openid-appended';
}

/** The id of a client that no server has. */
const UNKNOWN_CLIENT = 'doctor-unknown-client';

/** Makes the exchanges with an authorization server that create nothing. */
export async function walkIssuer(
  { issuer, source, metadata }: Pick<IssuerEvidence, 'issuer' | 'source' | 'metadata'>,
  resource: string | undefined,
  ask: Ask,
): Promise<IssuerEvidence> {
  const found = firstFound(metadata);
  if (found === undefined) return { issuer, source, metadata };
  const { url } = found.exchange;
  const accept = { accept: 'application/json' };
  const forwarded = {
    'x-forwarded-host': FOREIGN_HOST,
    'x-forwarded-proto': 'https',
    forwarded: `host=${FOREIGN_HOST};proto=https`,
  };
  return {
    issuer,
    source,
    metadata,
    forPage: await ask(url, { headers: { ...accept, origin: PAGE } }),
    forwarded: await ask(url, { headers: { ...accept, ...forwarded } }),
    foreignHost: await ask(url, { headers: { ...accept, host: FOREIGN_HOST } }),
    ...(await askEndpoints(found.document, resource, ask)),
  };
}

async function askEndpoints(
  document: JsonObject,
  resource: string | undefined,
  ask: Ask,
): Promise<Pick<IssuerEvidence, 'token' | 'registration' | 'registrationPreflight' | 'authorization'>> {
  const token = urlIn(document, 'token_endpoint');
  const registration = urlIn(document, 'registration_endpoint');
  const authorization = urlIn(document, 'authorization_endpoint');
  return {
    ...(token !== undefined && { token: await ask(token, tokenRequest()) }),
    ...(registration !== undefined && {
      registrationPreflight: await ask(registration, {
        method: 'OPTIONS',
        headers: {
          origin: PAGE,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      }),
      // Not JSON, so that no server can create a client of it.
      registration: await ask(registration, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', origin: PAGE },
        body: '{"redirect_uris":',
      }),
    }),
    ...(authorization !== undefined && {
      authorization: await ask(
        authorizationUrl(
          { clientId: UNKNOWN_CLIENT, redirectUri: UNREGISTERED, scope: '', resource },
          authorization,
        ),
        NAVIGATION,
      ),
    }),
  };
}

const tokenRequest = (): RequestInit => ({
  method: 'POST',
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
    origin: PAGE,
  },
  body: new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: UNKNOWN_CLIENT,
    code: 'doctor-unknown-code',
    redirect_uri: UNREGISTERED,
    code_verifier: 'doctor-unknown-verifier-of-forty-three-characters',
  }).toString(),
});
