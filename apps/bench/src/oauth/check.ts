import { Cookies } from '../http/cookies.ts';
import type { Behavior } from '../targets/target.ts';
import { type Agent, exchange, newPkce, refresh, register } from './agent.ts';
import type { KnownClient } from './known-client.ts';
import { authorize } from './authorize.ts';
import { readObject, textIn } from './json.ts';
import { shakeHands } from './sessions.ts';

/** What a server does, found out before anything is timed: a server that checks less is faster. */
export interface Check {
  /** `JWT ES256`, for example, or `opaque`. */
  readonly accessToken: string;
  readonly rotatesRefreshTokens: boolean;
  readonly refusesWrongVerifier: boolean;
  readonly refusesReplayedCode: boolean;
  readonly refusesReplayedRefreshToken: boolean;
  /** The requests of a browser in which the person has signed in, for a client that it has not seen. */
  readonly browserRequests: number;
}

/** Runs each of the checks once. */
export async function checkServer(agent: Agent, behavior: Behavior, session: Cookies): Promise<Check> {
  const { client, code, verifier, tokens } = await shakeHands(agent, behavior, new Cookies(session));
  const refusesReplayedCode = await isRefused(exchange(agent, client, code, verifier));

  const other = await register(agent);
  const pkce = newPkce();
  const { code: unused, requests } = await authorize(
    agent,
    behavior,
    other,
    new Cookies(session),
    pkce.challenge,
  );
  const refusesWrongVerifier = await isRefused(exchange(agent, other, unused, newPkce().verifier));

  const again = await shakeHands(agent, behavior, new Cookies(session));
  const first = again.tokens.refreshToken;
  if (first === undefined) throw new Error('check: the server issues no refresh token');
  const successor = (await refresh(agent, again.client, first)).refreshToken;
  const rotates = successor !== undefined && successor !== first;

  return {
    accessToken: kindOf(tokens.accessToken),
    rotatesRefreshTokens: rotates,
    refusesWrongVerifier,
    refusesReplayedCode,
    refusesReplayedRefreshToken: rotates && (await refusesReplay(agent, again.client, first, successor)),
    browserRequests: requests,
  };
}

/** Refreshes before the first token is presented again: servers may repeat recent ones for clients that lost a response. */
const GENERATIONS = 3;

/** Whether a refresh token that was used several generations ago is refused. */
async function refusesReplay(
  agent: Agent,
  client: KnownClient,
  first: string,
  successor: string,
): Promise<boolean> {
  let newest = successor;
  for (let generation = 0; generation < GENERATIONS; generation += 1) {
    newest = (await refresh(agent, client, newest)).refreshToken ?? newest;
  }
  return isRefused(refresh(agent, client, first));
}

const isRefused = (attempt: Promise<unknown>): Promise<boolean> =>
  attempt.then(
    () => false,
    (error: unknown) => error instanceof Error && /: 40[013] /.test(error.message),
  );

/** The kind of an access token, by its form. */
export function kindOf(token: string): string {
  const [header = '', ...rest] = token.split('.');
  if (rest.length !== 2) return 'opaque';
  const algorithm = textIn(readObject(Buffer.from(header, 'base64url').toString()), 'alg');
  return algorithm === undefined ? 'opaque' : `JWT ${algorithm}`;
}
