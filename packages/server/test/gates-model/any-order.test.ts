import fc from 'fast-check';
import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { introspect } from './commands/api.ts';
import { authorize, exchange, exchangeAgain, refresh, refreshAgain, register } from './commands/client.ts';
import { setGate } from './commands/operator.ts';
import { approve, deny, signIn } from './commands/person.ts';
import { KINDS } from './kinds.ts';
import { type Happening, HAPPENINGS, type Model } from './model.ts';
import { introduce } from './oracle.ts';
import { ALL_OPEN, GATES } from './realm.ts';
import { createWorld } from './world.ts';

const SEQUENCES = 100;

const which = fc.nat({ max: 1_000 });
const api = fc.constantFrom('notes', 'notes', 'mail');
const scopes = fc.option(fc.subarray(['read', 'write', 'send', 'admin'], { minLength: 1 }), {
  nil: undefined,
});
const named = fc.constantFrom('it', 'it', 'it', 'none', 'another');

/** Gates open more often than they close, so that authorizations can succeed. */
const open = fc.constantFrom(true, true, true, false);

const setsGate = fc.tuple(fc.constantFrom(...GATES), open).map((set) => setGate(...set));
/** When the realm stores clients that register. */
const persistence = fc.constantFrom('immediate', 'deferred');
/** Few people, so that a client asks the same one repeatedly. */
const person = fc.constantFrom('ada', 'grace');

const authorizes = fc.tuple(which, person, api, scopes).map((asked) => authorize(...asked));
const refreshes = fc.tuple(which, named, scopes).map((shown) => refresh(...shown));

/** Repeated commands are more frequent. */
const commands = fc.commands(
  [
    setsGate,
    setsGate,
    setsGate,
    fc.constantFrom(...KINDS).map(register),
    authorizes,
    authorizes,
    authorizes,
    which.map(signIn),
    which.map(signIn),
    which.map((one) => approve(one)),
    which.map((one) => approve(one)),
    fc.tuple(which, fc.subarray(['read', 'write', 'send', 'admin'])).map((wanted) => approve(...wanted)),
    which.map(deny),
    fc.tuple(which, named).map((shown) => exchange(...shown)),
    fc.tuple(which, named).map((shown) => exchange(...shown)),
    which.map(exchangeAgain),
    which.map(introspect),
    refreshes,
    refreshes,
    refreshes,
    fc.tuple(which, fc.constantFrom(1, 2, 3, 3)).map((shown) => refreshAgain(...shown)),
  ],
  { maxCommands: 400, size: 'max' },
);

test.each(KINDS)('a client $name has the ceiling of its kind', (kind) => {
  expect(introduce(kind, ALL_OPEN)).toMatchObject({ ceiling: kind.ceiling });
});

/** Runs sequences, and returns what happened in them. */
async function walked(parameters: fc.Parameters<unknown>): Promise<readonly Happening[]> {
  const seen = new Map<Happening, number>();
  await fc.assert(
    fc.asyncProperty(commands, persistence, async (sequence, stored) => {
      const world = createWorld(stored);
      const model: Model = { clients: [], authorizations: [], seen };
      await fc.asyncModelRun(() => ({ model, real: world }), sequence);
      expect(world.errors).toEqual([]);
    }),
    parameters,
  );
  return [...seen.keys()].toSorted();
}

test(
  cite(
    `in ${SEQUENCES} sequences of whatever operators, clients and people do, no client holds a token outside the gates`,
    'vestibule:gates:realm',
    'vestibule:gates:api',
    'vestibule:gates:scope',
    'vestibule:gates:at-once',
  ),
  async () => {
    expect(await walked({ numRuns: SEQUENCES })).toContain('exchanged');
  },
  240_000,
);

// With a fixed seed, because another one might not reach a rare case.
test('everything that can happen does happen in such sequences', async () => {
  expect(await walked({ numRuns: 60, seed: 9_449 })).toEqual(HAPPENINGS.toSorted());
}, 240_000);
