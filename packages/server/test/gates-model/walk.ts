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

/** Somebody who has not been here before, so that nobody allows anything yet. */
export const newcomer = () => ({ username: randomUUID(), password: 'right' });
export const APPROVE = { decision: 'approve' };

/** What a closed gate is called, wherever it is met. */
export const CLOSED = /^(unauthorized_client|invalid_target|invalid_scope)$/;

/** Leads one authorization through a case, and holds each step against what it must come to. */
export async function walk(
  world: World,
  kind: Kind,
  clientId: string,
  { asked, start, moves }: Case,
): Promise<void> {
  const { answer, exchange, introspect, refresh } = world;
  let flow: Flow = { kind, api: 'notes', ...(asked && { asked }), isOver: false };

  /** Comes to a step: moves the gates if it is time, and says what is to come of it. */
  async function comeTo(step: Step): Promise<readonly string[]> {
    const move = moves.find(({ before }) => before === step);
    if (move !== undefined) await world.moveTo(move.to);
    const foreseen = foresee(flow, step, world.gates());
    ({ flow } = foreseen);
    return foreseen.scopes;
  }

  /** What was refused once stays so, though every gate opens again. */
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
    // What the person agreed to is not what is there now: they are shown that, and decide anew.
    expect(done.status).toBe(409);
    expect(scopesOn(done)).toEqual(left);
    done = await answer(browser, done, APPROVE);
  }
  const code = codeIn(done);

  const granted = await comeTo('exchange');
  const exchanged = await exchange(clientId, code);
  expectHeld(world, { kind, clientId, api: 'notes' }, exchanged, granted);
  if (granted.length === 0) {
    // Whoever finds a gate closed has used the code up, so that it is no key for a gate that opens again.
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

/** The person is told, or the client is; in no case is there a code. */
export function expectRefused({ view, url }: Shown): void {
  const isLedBack = view.page === 'none' && url.origin !== ISSUER;
  if (!isLedBack) expect(view).toMatchObject({ page: 'hand-back', outcome: 'refused' });
  const { searchParams } = isLedBack ? url : new URL(view.location);
  expect(searchParams.get('error')).toMatch(CLOSED);
  expect(searchParams.has('code')).toBe(false);
}

/** The same before anybody is asked anything: nothing is begun in the browser. */
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

/** What the person is asked for, and what they allow already. */
export function scopesOn({ view }: Shown): readonly string[] {
  expect(view.page).toBe('consent');
  return [...view.scopes, ...view.held].map(({ name }) => name).toSorted();
}

export interface Holder {
  readonly kind: Pick<Kind, 'ceiling' | 'madeBy'>;
  readonly clientId: string;
  readonly api: ApiId;
}

/** An answer of the token endpoint: exactly what was to be held, and no more than the gates allow, whatever that was. */
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
