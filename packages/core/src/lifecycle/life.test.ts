import fc from 'fast-check';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { documentClient, dynamicClient, preregisteredClient } from '../../test/support/clients.ts';
import type { DynamicClient } from '../client/client.ts';
import { DEFAULT_REALM_SETTINGS, type Lifecycle } from '../realm/settings.ts';
import { after, type Instant } from '../time.ts';
import { isRestorable, isWorthNoting, type Life, lifeOf } from './life.ts';

const { lifecycle } = DEFAULT_REALM_SETTINGS;
const START = Date.UTC(2026, 10, 23, 12, 0, 0);
const HOUR = 3_600;
const DAY = 86_400;

/** A client that registered at the start; other times are in seconds after it. */
const client = (moments: { used?: number; slept?: number; blocked?: number } = {}): DynamicClient =>
  dynamicClient({
    issuedAt: START,
    ...(moments.used !== undefined && { lastUsedAt: after(START, moments.used) }),
    ...(moments.slept !== undefined && { registration: { hibernatedAt: after(START, moments.slept) } }),
    ...(moments.blocked !== undefined && { blockedAt: after(START, moments.blocked) }),
  });

const AWAKE: Life = { state: 'awake' };
const BLOCKED: Life = { state: 'blocked' };
const UNUSED: Life = { state: 'gone', reason: 'unused' };
const SLEPT_OUT: Life = { state: 'gone', reason: 'asleep' };
const asleepSince = (seconds: number): Life => ({ state: 'asleep', since: after(START, seconds) });

/** A row for the last millisecond before a time, and one for the time itself. */
const turns = (
  title: string,
  moments: Parameters<typeof client>[0],
  seconds: number,
  before: Life,
  from: Life,
): [string, DynamicClient, Instant, Life][] => [
  [`${title}, a millisecond before`, client(moments), after(START, seconds) - 1, before],
  [`${title}, from then on`, client(moments), after(START, seconds), from],
];

describe('where a client stands', () => {
  test.each([
    ...turns(cite('never used for an hour', 'vestibule:lifecycle:unused'), {}, HOUR, AWAKE, UNUSED),
    ...turns(
      cite('used once, not for 90 days', 'vestibule:lifecycle:dormant'),
      { used: HOUR - 1 },
      HOUR - 1 + 90 * DAY,
      AWAKE,
      asleepSince(HOUR - 1 + 90 * DAY),
    ),
    ...turns(
      cite(
        'hibernated for a year, and never swept',
        'vestibule:lifecycle:asleep',
        'vestibule:lifecycle:by-time',
      ),
      { used: 0 },
      455 * DAY,
      asleepSince(90 * DAY),
      SLEPT_OUT,
    ),
    ...turns(
      cite('hibernated for a year', 'vestibule:lifecycle:asleep'),
      { used: 0, slept: 90 * DAY },
      455 * DAY,
      asleepSince(90 * DAY),
      SLEPT_OUT,
    ),
    ...turns('put to sleep', { used: 0, slept: DAY }, DAY, AWAKE, asleepSince(DAY)),
    ...turns('blocked, never used', { blocked: 1 }, HOUR, BLOCKED, BLOCKED),
    ...turns('blocked, not used for 90 days', { used: 0, blocked: 1 }, 90 * DAY, BLOCKED, BLOCKED),
    ...turns('blocked asleep', { used: 0, slept: DAY, blocked: 2 * DAY }, 366 * DAY, BLOCKED, BLOCKED),
    ['registered this moment', client(), START, AWAKE],
    ['used at the moment it was registered', client({ used: 0 }), after(START, HOUR), AWAKE],
    ['registered by a clock that is ahead', client(), START - 10_000, AWAKE],
  ])('%s', (_, of, now, life) => {
    expect(lifeOf(of, lifecycle, now)).toEqual(life);
  });

  test.each<[string, DynamicClient, Partial<Lifecycle>, number, Life]>([
    ['a longer time unused', client(), { unused: DAY }, HOUR, AWAKE],
    ['a shorter time unused', client(), { unused: 60 }, 60, UNUSED],
    ['a longer active period', client({ used: 0 }), { dormant: 100 * DAY }, 99 * DAY, AWAKE],
    ['a shorter active period', client({ used: 0 }), { dormant: DAY }, 2 * DAY, asleepSince(DAY)],
    [
      'a longer period of hibernation',
      client({ used: 0 }),
      { asleep: 9_999 * DAY },
      456 * DAY,
      asleepSince(90 * DAY),
    ],
    ['a shorter period of hibernation', client({ used: 0 }), { asleep: DAY }, 91 * DAY, SLEPT_OUT],
    [
      'a longer active period reactivates no hibernated client',
      client({ used: 0, slept: DAY }),
      { dormant: 100 * DAY },
      2 * DAY,
      asleepSince(DAY),
    ],
  ])(cite('the realm sets %s', 'vestibule:lifecycle:periods'), (_, of, set, seconds, life) => {
    expect(lifeOf(of, { ...lifecycle, ...set }, after(START, seconds))).toEqual(life);
  });

  const STAGES = { awake: 0, asleep: 1, gone: 2, blocked: 3 };
  const moment = fc.integer({ min: 0, max: 5_000 });
  const anyClient = fc
    .record({ used: moment, slept: moment, blocked: moment }, { requiredKeys: [] })
    .filter(({ used, slept }) => slept === undefined || (used !== undefined && used <= slept))
    .map(client);
  const period = fc.integer({ min: 1, max: 1_000 });
  const anyLifecycle = fc.record({ unused: period, dormant: period, asleep: period });

  test(
    cite('no client becomes younger by time alone, whatever the periods', 'vestibule:lifecycle:by-time'),
    () => {
      fc.assert(
        fc.property(anyClient, anyLifecycle, moment, moment, (of, periods, one, other) => {
          const [earlier, later] = [one, other]
            .toSorted((a, b) => a - b)
            .map((seconds) => lifeOf(of, periods, after(START, seconds)));
          const [from, to] = [STAGES[earlier?.state ?? 'awake'], STAGES[later?.state ?? 'awake']];
          expect(from).toBeLessThanOrEqual(to);
          // The start of the hibernation does not depend on when it is computed.
          if (earlier?.state === 'asleep' && later?.state === 'asleep') {
            expect(earlier.since).toBe(later.since);
          }
        }),
        { numRuns: 2_000 },
      );
    },
  );

  test('only an unused client expires as unused, and only a used one is hibernated', () => {
    fc.assert(
      fc.property(anyClient, anyLifecycle, moment, (of, periods, seconds) => {
        const life = lifeOf(of, periods, after(START, seconds));
        const isUsed = of.lastUsedAt !== undefined;
        expect(life.state === 'blocked').toBe(of.blockedAt !== undefined);
        if (life.state === 'asleep') expect(isUsed).toBe(true);
        if (life.state === 'gone') expect(life.reason).toBe(isUsed ? 'asleep' : 'unused');
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a client of another kind does not age', () => {
  test.each([
    ['a pre-registered client', preregisteredClient({ issuedAt: START })],
    ['a client with a metadata document', documentClient({ issuedAt: START })],
  ])('%s', (_, of) => {
    const late = after(START, 10_000 * DAY);
    expect(lifeOf(of, lifecycle, late)).toEqual(AWAKE);
    expect(lifeOf({ ...of, lastUsedAt: START }, lifecycle, late)).toEqual(AWAKE);
    expect(lifeOf({ ...of, blockedAt: START }, lifecycle, START)).toEqual(BLOCKED);
    expect(isRestorable(of, lifecycle, START)).toBe(false);
  });
});

describe('an expired client', () => {
  const kept = { ...client(), expiredAt: after(START, HOUR) };

  test('is gone as unused, whatever the periods are now', () => {
    for (const unused of [1, HOUR, 1_000 * DAY]) {
      expect(lifeOf(kept, { ...lifecycle, unused }, after(START, HOUR))).toEqual(UNUSED);
    }
  });

  test.each<[string, Parameters<typeof isRestorable>[0], Partial<Lifecycle>, number, boolean]>([
    ['swept, at once', kept, {}, HOUR, true],
    ['swept, a moment before the end of its 30 days', kept, {}, HOUR + 30 * DAY - 1, true],
    ['swept, at the end of its 30 days', kept, {}, HOUR + 30 * DAY, false],
    ['not swept yet', client(), {}, HOUR + 30 * DAY - 1, true],
    ['not swept yet, at the end of its 30 days', client(), {}, HOUR + 30 * DAY, false],
    ['where the realm sets a shorter time', kept, { restorable: 60 }, HOUR + 60, false],
    ['where the realm keeps none for any time', kept, { restorable: 0 }, HOUR, false],
    ['where the realm keeps none at all', kept, { restorableClients: 0 }, HOUR, false],
  ])(
    cite('can be restored: %s', 'vestibule:lifecycle:restorable-periods'),
    (_, of, set, seconds, expected) => {
      expect(isRestorable(of, { ...lifecycle, ...set }, after(START, seconds))).toBe(expected);
    },
  );
});

describe('a use is worth noting', () => {
  const short = { ...lifecycle, dormant: 100 };
  test.each<[string, DynamicClient, Lifecycle, number, boolean]>([
    ['the first time', client(), lifecycle, 1, true],
    ['not a moment later', client({ used: 0 }), lifecycle, 0, false],
    ['not within the hour', client({ used: 0 }), lifecycle, HOUR - 1, false],
    ['after an hour', client({ used: 0 }), lifecycle, HOUR, true],
    ['at once if it was hibernated', client({ used: 0, slept: 1 }), lifecycle, 1, true],
    ['not within a tenth of a short life', client({ used: 0 }), short, 9, false],
    ['after a tenth of a short life', client({ used: 0 }), short, 10, true],
  ])(cite('%s', 'vestibule:lifecycle:use-keeps-awake'), (_, of, periods, seconds, isNoted) => {
    expect(isWorthNoting(of, periods, after(START, seconds))).toBe(isNoted);
  });

  test('a client in constant use is never hibernated, however short the periods', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1 }),
        (dormant, percents) => {
          const periods = { ...lifecycle, dormant };
          let now = START;
          let lastUsedAt = START;
          for (const percent of percents) {
            // Each use comes after less than nine tenths of the period.
            now += Math.floor(dormant * 9 * percent);
            const of = dynamicClient({ issuedAt: START, lastUsedAt });
            expect(lifeOf(of, periods, now).state).toBe('awake');
            if (isWorthNoting(of, periods, now)) lastUsedAt = now;
          }
        },
      ),
    );
  });
});
