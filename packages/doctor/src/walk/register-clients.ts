import {
  authorizationUrl,
  type CheckOutcome,
  documents,
  type Fetch,
  fixtures,
  runDocuments,
  runFixtures,
  ServerNotFound,
  UNREGISTERED,
} from '@vestibule/client-fixtures';
import {
  type Evidence,
  issuerMetadata,
  listIn,
  type OwnClientEvidence,
  type RegisteredEvidence,
  supportsDocuments,
  urlIn,
} from '../evidence/evidence.ts';
import { type Exchange, jsonOf } from '../exchange/exchange.ts';
import type { Ask } from '../exchange/exchange-with.ts';
import { nextOf } from './find-document.ts';
import { NAVIGATION } from './first-request.ts';

/** What is needed to register clients. */
export interface RegisterOptions {
  readonly ask: Ask;
  readonly fetch: Fetch;
  /** The API that tokens are requested for. */
  readonly resource: string | undefined;
  /** An initial access token. */
  readonly token: string | undefined;
  /** The agents to try. Absent: all. */
  readonly only: readonly string[] | undefined;
  readonly onStep: (text: string) => void;
}

const REDIRECT_URI = 'http://127.0.0.1:3118/callback';

/** Registers a client of the doctor, makes requests with it and deletes it if the server permits that; then tries the agents. */
export async function register(evidence: Evidence, options: RegisterOptions): Promise<RegisteredEvidence> {
  const metadata = issuerMetadata(evidence);
  const registration = urlIn(metadata, 'registration_endpoint');
  const authorization = urlIn(metadata, 'authorization_endpoint');
  const { issuer } = evidence.issuer ?? {};
  if (issuer === undefined || authorization === undefined) return { outcomes: [], notTried: [] };
  if (registration === undefined) return tryAgents(issuer, evidence, options);

  const scriptUri = await registerClient(registration, 'javascript:alert(1)', options);
  await remove(scriptUri, options.ask);
  const registered = await registerClient(registration, REDIRECT_URI, options);
  const { client_id: clientId } = jsonOf(registered) ?? {};
  const own =
    typeof clientId === 'string'
      ? await useOwn(clientId, authorization, (listIn(metadata, 'scopes_supported') ?? []).join(' '), options)
      : undefined;
  await remove(registered, options.ask);
  return {
    scriptUri,
    ...(own !== undefined && { own }),
    ...(await tryAgents(issuer, evidence, options)),
  };
}

const registerClient = (
  endpoint: URL,
  redirectUri: string,
  { ask, token }: RegisterOptions,
): Promise<Exchange> =>
  ask(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({
      client_name: 'Vestibule doctor',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      application_type: 'native',
    }),
  });

/** @see {@link https://www.rfc-editor.org/rfc/rfc7592#section-2.3 RFC 7592 §2.3} */
async function remove(registered: Exchange, ask: Ask): Promise<void> {
  const answer = jsonOf(registered);
  const { registration_access_token: token } = answer ?? {};
  const url = urlIn(answer, 'registration_client_uri');
  // Another origin must not receive the token.
  if (url === undefined || typeof token !== 'string' || url.origin !== new URL(registered.url).origin) return;
  await ask(url, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
}

async function useOwn(
  clientId: string,
  endpoint: URL,
  scope: string,
  { ask, resource }: RegisterOptions,
): Promise<OwnClientEvidence> {
  const request = (change: (url: URL) => void = () => {}, redirectUri: string = REDIRECT_URI): URL => {
    const url = authorizationUrl({ clientId, redirectUri, scope, resource }, endpoint);
    change(url);
    return url;
  };
  const complete = [await ask(request(), NAVIGATION)];
  const next = complete[0] && nextOf(complete[0]);
  const isWithin = next !== undefined && new URL(next).origin === endpoint.origin;
  if (isWithin) complete.push(await ask(next, NAVIGATION));
  const wrong = request((url) => url.searchParams.set('response_type', 'doctor'));
  return {
    redirectUri: REDIRECT_URI,
    complete,
    withoutChallenge: await ask(
      request((url) => {
        url.searchParams.delete('code_challenge');
        url.searchParams.delete('code_challenge_method');
      }),
      NAVIGATION,
    ),
    unregistered: await ask(request(undefined, UNREGISTERED), NAVIGATION),
    wrongType: await ask(wrong, NAVIGATION),
    state: wrong.searchParams.get('state') ?? '',
  };
}

async function tryAgents(
  issuer: string,
  evidence: Evidence,
  { fetch, resource, token, only, onStep }: RegisterOptions,
): Promise<Pick<RegisteredEvidence, 'outcomes' | 'notTried'>> {
  const isChosen = ({ id }: { readonly id: string }): boolean => only?.includes(id) ?? true;
  const common = { issuer, fetch, ...(resource !== undefined && { resource }) };
  const runs: (() => Promise<readonly CheckOutcome[]>)[] = [
    () =>
      runFixtures({
        ...common,
        fixtures: fixtures.filter(isChosen),
        ...(token !== undefined && { token }),
        onAgent: ({ client }) => onStep(`${client} registers`),
      }),
    ...(supportsDocuments(evidence)
      ? [
          () =>
            runDocuments({
              ...common,
              documents: documents.filter(isChosen),
              onAgent: ({ client }) => onStep(`${client} presents its document`),
            }),
        ]
      : []),
  ];
  const outcomes: CheckOutcome[] = [];
  const notTried = new Set<string>();
  for (const run of runs) {
    try {
      outcomes.push(...(await run()));
    } catch (error) {
      if (!(error instanceof ServerNotFound)) throw error;
      notTried.add(error.message);
    }
  }
  for (const { outcome, message = '' } of outcomes) {
    if (outcome === 'skipped' && /\(429/.test(message)) notTried.add(message);
  }
  return { outcomes, notTried: [...notTried] };
}
