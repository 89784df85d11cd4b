import { Cookies } from '../http/cookies.ts';
import type { Behavior } from '../targets/target.ts';
import { type Agent, exchange, newPkce, register, type Tokens } from './agent.ts';
import type { KnownClient } from './known-client.ts';
import { authorize } from './authorize.ts';

/** A finished handshake. */
export interface Handshake {
  readonly client: KnownClient;
  readonly code: string;
  readonly verifier: string;
  readonly tokens: Tokens;
}

/** Registers a client, approves it in a signed-in browser, and exchanges the code. */
export async function shakeHands(agent: Agent, behavior: Behavior, cookies: Cookies): Promise<Handshake> {
  return authorizeClient(agent, behavior, await register(agent), cookies);
}

/** Approves a client in a signed-in browser, and exchanges the code. */
export async function authorizeClient(
  agent: Agent,
  behavior: Behavior,
  client: KnownClient,
  cookies: Cookies,
): Promise<Handshake> {
  const { verifier, challenge } = newPkce();
  const { code } = await authorize(agent, behavior, client, cookies, challenge);
  const tokens = await exchange(agent, client, code, verifier);
  return { client, code, verifier, tokens };
}

/** Signs in as many browsers as the target wants. */
export async function signIn(agent: Agent, behavior: Behavior): Promise<readonly Cookies[]> {
  const sessions: Cookies[] = [];
  for (let index = 0; index < behavior.sessions; index += 1) {
    const cookies = (await behavior.signIn?.(agent.connection, index)) ?? new Cookies();
    if (behavior.signIn === undefined) await shakeHands(agent, behavior, cookies);
    sessions.push(cookies);
  }
  return sessions;
}
