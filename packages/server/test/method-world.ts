import { expect } from 'vitest';
import { createAuthorizationServer, type SignIn, type SignInMethod } from '../src/index.ts';
import { type Browser, createBrowser } from './browser.ts';
import { realmWith, setUp } from './set-up.ts';

/** People whom sign-in methods authenticate. */
export const ADA = { subject: 'person-ada', name: 'Ada' };
export const GRACE = { subject: 'person-grace', name: 'Grace' };

/** Where people are sent to sign in. */
export const ELSEWHERE = 'https://login.example/';

/** Sends the browser elsewhere, and remembers what it was asked. */
export function elsewhere(more: Partial<SignInMethod> = {}) {
  const asked: SignIn[] = [];
  const method: SignInMethod = {
    asksEachTime: true,
    begin: async (signIn) => {
      asked.push(signIn);
      return { kind: 'redirect', location: `${ELSEWHERE}?state=${signIn.state}` };
    },
    ...more,
  };
  return { method, asked };
}

/** A realm whose people sign in by a method. */
export async function serve(method: SignInMethod, realm = realmWith()) {
  const world = setUp(realm);
  const server = createAuthorizationServer({ ...world.options, signIn: method });
  const clientId = await world.register();
  const newBrowser = (): Browser => createBrowser(server, realm.issuer);
  return { ...world, server, clientId, newBrowser };
}

/** A server with a sign-in method, and a client. */
export type World = Awaited<ReturnType<typeof serve>>;

/** Opens an authorization request in a browser; returns the `state` with which it is sent elsewhere. */
export async function leave(world: World, browser: Browser, parameters: Record<string, string> = {}) {
  const shown = await browser.open(world.authorizeUrl(world.clientId, parameters));
  expect(shown.url.href).toContain(ELSEWHERE);
  return shown.url.searchParams.get('state') ?? '';
}

/** Finishes a sign-in, and returns where the browser is to go. */
export async function finish(world: World, state: string, person = ADA, at?: number): Promise<string> {
  const authenticated = { person, methods: ['pwd'], ...(at !== undefined && { at }) };
  const finished = await world.server.finishSignIn(state, authenticated);
  if (finished.outcome !== 'finished') throw new Error(finished.outcome);
  return finished.location;
}

/** A page about a problem. */
export const problem = (name: string) => ({ view: { page: 'problem', problem: name } });
