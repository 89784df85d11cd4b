import { type KeySettings, realmSettings } from '@vestibule/core/realm';
import { NOW } from '@vestibule/testing/now';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planKeys } from './plan-keys.ts';
import type { SigningKey } from '../records/signing-key.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const key = (kid: string, signsFrom: number, more: Partial<SigningKey> = {}): SigningKey => ({
  realm: 'main',
  kid,
  algorithm: 'ES256',
  publicJwk: { kty: 'EC' },
  privateKey: { kind: 'plain', jwk: { kty: 'EC' } },
  createdAt: signsFrom,
  signsFrom,
  ...more,
});

const planOf = (keys: readonly SigningKey[], settings: Partial<KeySettings> = {}) => {
  const { signing, published, retired, next } = planKeys(keys, realmSettings({ keys: settings }), NOW);
  const kids = (some: readonly SigningKey[]) => some.map(({ kid }) => kid);
  return { signing: signing?.kid, published: kids(published), retired: kids(retired), next };
};

test.each<[string, readonly SigningKey[], Partial<KeySettings>, ReturnType<typeof planOf>]>([
  [
    'no key: one is made that signs at once',
    [],
    {},
    { signing: undefined, published: [], retired: [], next: NOW },
  ],
  [
    'a young key signs, and nothing is due',
    [key('a', NOW - DAY)],
    {},
    { signing: 'a', published: ['a'], retired: [], next: undefined },
  ],
  [
    'a key whose time is nearly over gets a successor, which is published first',
    [key('a', NOW - 90 * DAY + HOUR)],
    {},
    { signing: 'a', published: ['a'], retired: [], next: NOW + HOUR },
  ],
  [
    'a successor is published before it signs',
    [key('b', NOW + 1), key('a', NOW - 90 * DAY)],
    {},
    { signing: 'a', published: ['b', 'a'], retired: [], next: undefined },
  ],
  [
    'it signs from its time on, beside the one before',
    [key('b', NOW), key('a', NOW - 90 * DAY)],
    {},
    { signing: 'b', published: ['b', 'a'], retired: [], next: undefined },
  ],
  [
    'the one before is published as long as its tokens live',
    [key('b', NOW - 1_199_999), key('a', NOW - 90 * DAY)],
    {},
    { signing: 'b', published: ['b', 'a'], retired: [], next: undefined },
  ],
  [
    'a key is removed once no token of it can be alive',
    [key('b', NOW - 1_200_000), key('a', NOW - 90 * DAY)],
    {},
    { signing: 'b', published: ['b'], retired: ['a'], next: undefined },
  ],
  [
    'another algorithm asks for another key',
    [key('a', NOW - DAY)],
    { algorithm: 'EdDSA' },
    { signing: 'a', published: ['a'], retired: [], next: NOW + HOUR },
  ],
  [
    'so does an operator',
    [key('a', NOW - DAY)],
    { replaceMadeBefore: NOW },
    { signing: 'a', published: ['a'], retired: [], next: NOW + HOUR },
  ],
  [
    'a key that was made since then is not asked for',
    [key('a', NOW - DAY)],
    { replaceMadeBefore: NOW - DAY },
    { signing: 'a', published: ['a'], retired: [], next: undefined },
  ],
  [
    'a compromised key does not sign any more, and is not published',
    [key('a', NOW - DAY)],
    { replaceMadeBefore: NOW, compromised: true },
    { signing: undefined, published: [], retired: ['a'], next: NOW },
  ],
  [
    'a planned successor is not kept',
    [key('b', NOW + HOUR, { createdAt: NOW - HOUR }), key('a', NOW - DAY)],
    { replaceMadeBefore: NOW, compromised: true },
    { signing: undefined, published: [], retired: ['b', 'a'], next: NOW },
  ],
])('%s', (_, keys, settings, expected) => {
  expect(planOf(keys, settings)).toEqual(expected);
});

describe('whatever the keys', () => {
  const keysArbitrary = fc
    .array(fc.integer({ min: -200 * 24, max: 48 }), { minLength: 1, maxLength: 6 })
    .map((hours) => hours.map((hour, index) => key(`k${index}`, NOW + hour * HOUR)));

  test('the one that signs is published, and none is both published and retired', () => {
    fc.assert(
      fc.property(keysArbitrary, (keys) => {
        const { signing, published, retired } = planOf(keys);
        expect(published).toContain(signing);
        expect([...published, ...retired].toSorted()).toEqual(keys.map(({ kid }) => kid).toSorted());
      }),
    );
  });

  test('the plan stays the same until the time that it names', () => {
    const [tokensLive, rotation] = [1_200_000, 90 * DAY - HOUR];
    const momentsOf = (keys: readonly SigningKey[]) =>
      keys.flatMap(({ signsFrom }) => [signsFrom, signsFrom + tokensLive, signsFrom + rotation]);
    const planAt = (keys: readonly SigningKey[], now: number) => {
      const { next, ...plan } = planKeys(keys, realmSettings(), now);
      return { ...plan, isDue: next !== undefined };
    };
    fc.assert(
      fc.property(keysArbitrary, fc.nat(), fc.integer({ min: -3, max: 3 }), (keys, chosen, offset) => {
        const moments = momentsOf(keys);
        const now = (moments[chosen % moments.length] ?? NOW) + offset;
        const plan = planAt(keys, now);
        for (const later of moments.filter((moment) => moment > now && moment < plan.until)) {
          expect(planAt(keys, later)).toEqual(plan);
        }
      }),
    );
  });

  test('every living token can be verified: a key is published until its tokens have expired', () => {
    fc.assert(
      fc.property(keysArbitrary, fc.integer({ min: 0, max: 900 }), (keys, later) => {
        const settings = realmSettings();
        const { signing } = planKeys(keys, settings, NOW);
        const { published } = planKeys(keys, settings, NOW + later * 1_000);
        expect(published).toContain(signing);
      }),
    );
  });
});
