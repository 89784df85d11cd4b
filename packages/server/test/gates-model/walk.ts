import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Browser, Shown } from '../browser.ts';
import { ISSUER } from '../set-up.ts';
import { type Case, OPEN } from './cases.ts';
import { type Flow, foresee, type Step } from './flow.ts';
import type { Kind } from './kinds.ts';
import { both, mayHold } from './oracle.ts';
import { type ApiId, RESOURCES } from './realm.ts';
import { held, type World } from './world.ts';

/** A new person, who has allowed nothing yet. */
export const newcomer = () => ({ username: randomUUID(), password: 'right' });
export const APPROVE = { decision: 'approve' };

/** The errors for a closed gate, at every step. */
export const CLOSED = /^(unauthorized_client|invalid_target|invalid_scope)$/;

/** Runs one authorization through a case, and compares each step with its expected result. */
export async function walk(
  world: World,
  kind: Kind,
  clientId: string,
  { asked, start, moves }: Case,
): Promise<void> {
  const { answer, exchange, introspect, refresh } = world;
  let flow: Flow = { kind, api: 'notes', ...(asked && { asked }), isOver: false };

  /** Performs a step: changes the gates if it is time, and returns the expected result. */
  async function comeTo(step: Step): Promise<readonly string[]> {
    const move = moves.find(({ before }) => before === step);
    if (move !== undefined) await world.moveTo(move.to);
    const foreseen = foresee(flow, step, world.gates());
    ({ flow } = foreseen);
    return foreseen.scopes;
  }

  /** A refused request stays refused, although every gate opens again. */
  async function expectRefusedForGood(refused: Shown): Promise<void> {
    expectRefused(refused);
    await world.moveTo(OPEN);
    expectRefused(await browser.open(refused.url));
  }

  await world.moveTo(start);
  const browser = world.newBrowser(async () => void (await comeTo('hand-back')));

  const requested = await comeTo('authorize');
  const signIn = await browser.open(world.authorizeUrl(clientId, 'notes', asked?.join(' ')));
  if (requested.length === 0) return expectRefusedAtOnce(browser, signIn);
  expect(signIn.view).toMatchObject({ page: 'sign-in' });

  const shown = await comeTo('sign-in');
  const page = await answer(browser, signIn, newcomer());
  if (shown.length === 0) return expectRefusedForGood(page);
  expect(scopesOn(page)).toEqual(shown);

  const left = await comeTo('approve');
  let done = await answer(browser, page, APPROVE);
  if (left.length === 0) return expectRefusedForGood(done);
  if (String(left) !== String(shown)) {
    // The person approved something that is no longer offered: the page is displayed again, and they decide anew.
    expect(done.status).toBe(409);
    expect(scopesOn(done)).toEqual(left);
    done = await answer(browser, done, APPROVE);
  }
  const code = codeIn(done);

  const granted = await comeTo('exchange');
  const exchanged = await exchange(clientId, code);
  expectHeld(world, { kind, clientId, api: 'notes' }, exchanged, granted);
  if (granted.length === 0) {
    // A closed gate uses the code up, so that it stays invalid when the gate opens again.
    await world.moveTo(OPEN);
    expect(await exchange(clientId, code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    return;
  }

  expect(typeof exchanged.body.refresh_token).toBe(kind.refreshes ? 'string' : 'undefined');
  if (!kind.refreshes) return;
  const renewable = await comeTo('refresh');
  expect(await introspect('notes', exchanged.body.access_token)).toEqual(both(granted, renewable));
  const refreshed = await refresh(clientId, exchanged.body.refresh_token);
  expectHeld(world, { kind, clientId, api: 'notes' }, refreshed, renewable);
}

/** Either the person or the client gets the error; there is no code. */
export function expectRefused({ view, url }: Shown): void {
  const isLedBack = view.page === 'none' && url.origin !== ISSUER;
  if (!isLedBack) expect(view).toMatchObject({ page: 'hand-back', outcome: 'refused' });
  const { searchParams } = isLedBack ? url : new URL(view.location);
  expect(searchParams.get('error')).toMatch(CLOSED);
  expect(searchParams.has('code')).toBe(false);
}

/** The same before the person is involved: nothing begins in the browser. */
export function expectRefusedAtOnce({ cookies }: Browser, shown: Shown): void {
  expectRefused(shown);
  expect(cookies.size).toBe(0);
}

export function codeIn({ view }: Shown): string {
  expect(view).toMatchObject({ page: 'hand-back', outcome: 'approved' });
  const code = new URL(view.location).searchParams.get('code') ?? '';
  expect(code).not.toBe('');
  return code;
}

/** What the person is asked for, and what they already allow. */
export function scopesOn({ view }: Shown): readonly string[] {
  expect(view.page).toBe('consent');
  return [...view.scopes, ...view.held].map(({ name }) => name).toSorted();
}

export interface Holder {
  readonly kind: Pick<Kind, 'ceiling' | 'madeBy'>;
  readonly clientId: string;
  readonly api: ApiId;
}

/** A response of the token endpoint: exactly the expected scopes, and no more than the gates allow. */
export function expectHeld(
  world: World,
  { kind, clientId, api }: Holder,
  { status, body }: Awaited<ReturnType<World['token']>>,
  scopes: readonly string[],
): void {
  if (scopes.length === 0) {
    expect({ status, ...body }).toMatchObject({ status: 400, error: expect.stringMatching(CLOSED) });
    expect(body).not.toHaveProperty('access_token');
    return;
  }
  expect({ status, body }).toMatchObject({ status: 200 });
  const token = held(body.access_token);
  expect({ ...token, scopes: token.scopes.toSorted() }).toEqual({
    clientId,
    resource: RESOURCES[api],
    scopes,
  });
  expect(mayHold(kind, world.gates(), api)).toEqual(expect.arrayContaining([...token.scopes]));
}
