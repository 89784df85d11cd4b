import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { type Case, casesOf } from './cases.ts';
import { SELF_REGISTERED } from './kinds.ts';
import { walk } from './walk.ts';
import { createWorld } from './world.ts';

/** All of them in the long tests; otherwise every {@link STEP}th, so that every kind of change is included. */
const isLong = process.env['LONG_TESTS'] === 'true';
const STEP = 5;

const CASES = new Map(
  SELF_REGISTERED.map((kind) => [kind, casesOf(kind).filter((_, index) => isLong || index % STEP === 0)]),
);
const total = [...CASES.values()].reduce((sum, { length }) => sum + length, 0);

describe(`${total} ways for gates to move while an authorization is under way`, () => {
  test.each([...CASES].map(([kind, cases]) => ({ kind, name: kind.name, cases, number: cases.length })))(
    cite(
      'a client $name holds no token outside the gates in any of $number',
      'vestibule:gates:realm',
      'vestibule:gates:api',
      'vestibule:gates:scope',
      'vestibule:gates:at-authorization',
      'vestibule:gates:at-decision',
      'vestibule:gates:at-exchange',
      'vestibule:gates:at-refresh',
    ),
    async ({ kind, cases }) => {
      const world = createWorld();
      const clientId = await world.clientOf(kind);
      for (const found of cases) {
        await walk(world, kind, clientId, found).catch((error: unknown) => {
          throw new Error(`In the case ${told(found)}`, { cause: error });
        });
      }
      expect(world.errors).toEqual([]);
    },
  );
});

const told = (found: Case): string => JSON.stringify(found);
