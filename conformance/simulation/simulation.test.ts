import { expect, test } from 'vitest';
import { type BugName, BUGS } from './bugs.ts';
import { told } from './history/told.ts';
import { INVARIANTS } from './invariants/every-invariant.ts';
import type { Step } from './plan.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

/** `node scripts/simulate.ts` runs as many as one likes. */
const SEEDS = process.env['LONG_TESTS'] === 'true' ? 1_000 : 12;

test(`every invariant holds in ${SEEDS} seeds of everything that agents, people, operators and attackers can do`, async () => {
  const answers = new Set<string>();
  const facts = new Set<string>();
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { violations, history } = await simulate({ seed });
    expect({ seed, violations }).toEqual({ seed, violations: [] });
    for (const entry of history) {
      answers.add(entry.answer);
      for (const { kind } of entry.facts) facts.add(kind);
    }
  }
  const usual = [
    '201',
    '200 consent',
    '200 hand-back',
    '400 invalid_grant',
    '429 too_many_requests',
    'active',
  ];
  const unusual = ['no answer', '503 temporarily_unavailable', '403 problem', 'inactive'];
  expect([...answers]).toEqual(expect.arrayContaining([...usual, ...unusual]));
  expect([...facts].toSorted()).toEqual(
    [
      'approved',
      'code',
      'continued',
      'deregistered',
      'ended',
      'introspected',
      'operated',
      'registered',
      'tokens',
    ].toSorted(),
  );
}, 600_000);

test('a seed always has the same history', async () => {
  const [first, second] = [await simulate({ seed: 7 }), await simulate({ seed: 7 })];
  expect(told(second.history)).toBe(told(first.history));
  expect(told(first.history)).not.toBe(told((await simulate({ seed: 8 })).history));
});

/** Each deliberate bug, the invariant that it violates, and the number of seeds within which the simulation finds it. */
const FOUND: readonly (readonly [BugName, string, number])[] = [
  ['keepsConsumedCodes', 'a code is exchanged once', 1],
  ['forksFamilies', 'a family has one live successor', 3],
  ['remembersRealms', 'no token outside the gates', 7],
  ['mixesUpApis', 'no token is good for another API or realm than the approved one', 4],
  ['grantsWhatWasAsked', 'no token without an approval of its person in that browser', 10],
  ['countsInEachNode', 'no quota is exceeded', 6],
  ['forgetsEvents', 'no fact without its event', 1],
  ['recordsAfterwards', 'no fact without its event', 1],
  ['recordsWhatFailed', 'no event without its fact', 1],
  ['losesSuccessors', 'nothing answered is lost', 4],
  ['sweepsTooEarly', 'no event without its fact', 5],
  ['neverSweeps', 'nothing is kept without bound', 1],
  ['remembersGrants', 'what was ended stays ended', 1],
  ['namesNoOutage', 'no request fails by itself', 1],
];

test.each(FOUND)('finds the bug %s: %s, within %i seeds', async (name, invariant, within) => {
  const found: string[] = [];
  for (let seed = 1; seed <= within && found.length === 0; seed += 1) {
    const { violations } = await simulate({ seed, bug: BUGS[name]() });
    found.push(...violations.map((violation) => violation.invariant));
  }
  expect(found).toContain(invariant);
});

test('every bug and every invariant is in that table', () => {
  expect(FOUND.map(([name]) => name).toSorted()).toEqual(Object.keys(BUGS).toSorted());
  expect(
    INVARIANTS.map(({ name }) => name).filter((name) => FOUND.every(([, other]) => other !== name)),
  ).toEqual([]);
});

test('shrinks a seed that fails to the acts that are necessary', async () => {
  const invariant = 'no event without its fact';
  const again = (steps: readonly Step[]) => ({ seed: 1, steps, bug: BUGS.recordsWhatFailed() });
  const steps = await shrink(1, invariant, again, 40);
  expect(steps.length).toBeLessThan(5);
  expect((await simulate(again(steps))).violations).toContainEqual(expect.objectContaining({ invariant }));
});
