import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { REQUESTS, STATES } from './cases.ts';
import { type Kind, KINDS } from './kinds.ts';
import { both, mayHold } from './oracle.ts';
import { ALL_OPEN, type ApiId, type Gates, SCOPES } from './realm.ts';
import { APPROVE, codeIn, expectHeld, newcomer } from './walk.ts';
import { createWorld } from './world.ts';

/** Every state after every state, including itself, in one cycle. */
const ROUND: readonly Gates[] = [
  ...STATES.flatMap((state, index) => [state, ...STATES.slice(index + 1).flatMap((next) => [state, next])]),
  ...STATES.slice(0, 1),
];

/** What people can approve while every gate is open. */
interface Agreement {
  readonly api: ApiId;
  readonly asked: readonly string[] | undefined;
  readonly scopes: readonly string[];
}

function agreementsWith(kind: Kind): readonly Agreement[] {
  const agreements: Agreement[] = [];
  for (const api of ['notes', 'mail'] as const) {
    for (const asked of REQUESTS) {
      const scopes = both(asked ?? SCOPES[api], mayHold(kind, ALL_OPEN, api));
      if (scopes.length > 0) agreements.push({ api, asked, scopes });
    }
  }
  return agreements;
}

const CASES = KINDS.filter(({ refreshes }) => refreshes).map((kind) => {
  const agreements = agreementsWith(kind);
  return { kind, name: kind.name, agreements, number: agreements.length * (ROUND.length - 1) };
});

describe(`${CASES.reduce((sum, { number }) => sum + number, 0)} ways for gates to move between refreshes`, () => {
  test(`follow every one of ${STATES.length} states by every one`, () => {
    const pairs = ROUND.slice(1).map((state, index) => JSON.stringify([ROUND[index], state]));
    expect(new Set(pairs).size).toBe(STATES.length ** 2);
  });

  test.each(CASES)(
    cite(
      'by a client $name: in none of $number it has a token outside them, and continues when they open',
      'vestibule:gates:at-refresh',
    ),
    async ({ kind, agreements }) => {
      const world = createWorld();
      const clientId = await world.clientOf(kind);
      for (const { api, asked, scopes } of agreements) {
        await world.moveTo(ALL_OPEN);
        const browser = world.newBrowser();
        const signIn = await browser.open(world.authorizeUrl(clientId, api, asked?.join(' ')));
        const done = await world.answer(browser, await world.answer(browser, signIn, newcomer()), APPROVE);
        const first = await world.exchange(clientId, codeIn(done), { resource: '' });
        expectHeld(world, { kind, clientId, api }, first, scopes);

        let token: string = first.body.refresh_token;
        for (const gates of ROUND) {
          await world.moveTo(gates);
          const held = both(scopes, mayHold(kind, gates, api));
          expect(await world.introspect(api, first.body.access_token)).toEqual(held);
          const answer = await world.refresh(clientId, token);
          expectHeld(world, { kind, clientId, api }, answer, held);
          token = answer.body.refresh_token ?? token;
        }
      }
      expect(world.errors).toEqual([]);
    },
  );
});
