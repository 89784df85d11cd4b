import { describe, expect, test } from 'vitest';
import { changedSettings } from './change-settings.ts';
import type { PartialRealmSettings } from './settings.ts';

describe('a change of settings', () => {
  test('leaves absent settings to the defaults', () => {
    const current: PartialRealmSettings = { registration: { open: true, limits: { siteTimes: 2 } } };
    const set = { registration: { limits: { perRealmPerDay: 7 } }, lifetimes: { code: '30s' } };
    expect(changedSettings(current, { set })).toEqual({
      ok: true,
      value: {
        settings: {
          registration: { open: true, limits: { siteTimes: 2, perRealmPerDay: 7 } },
          lifetimes: { code: 30 },
        },
        paths: ['registration.limits.perRealmPerDay', 'lifetimes.code'],
      },
    });
  });

  test('replaces a list as a whole', () => {
    const current: PartialRealmSettings = { registration: { reservedNames: ['A', 'B'] } };
    const changed = changedSettings(current, { set: { registration: { reservedNames: ['C'] } } });
    expect(changed).toMatchObject({ value: { settings: { registration: { reservedNames: ['C'] } } } });
  });

  test('can take a choice back, also one that has no default', () => {
    const current: PartialRealmSettings = {
      registration: { open: true, candidate: { reservedNames: ['A'] } },
      keys: { algorithm: 'EdDSA', replaceMadeBefore: 1, compromised: true },
    };
    expect(changedSettings(current, { reset: 'registration.candidate' })).toMatchObject({
      value: { settings: { registration: { open: true }, keys: current.keys } },
    });
    expect(changedSettings(current, { reset: 'keys' })).toEqual({
      ok: true,
      value: {
        settings: { registration: current.registration, keys: { replaceMadeBefore: 1, compromised: true } },
        paths: ['keys.algorithm', 'keys.rotateAfter', 'keys.publishBefore'],
      },
    });
  });

  test.each([
    ['registration.limts', 'unknown setting. Did you mean registration.limits?'],
    ['keys.compromised', 'unknown setting.'],
  ])('cannot reset %s', (reset, problem) => {
    expect(changedSettings({}, { reset })).toEqual({
      ok: false,
      problems: [{ place: reset, problem: expect.stringContaining(problem) }],
    });
  });

  const contradictory: PartialRealmSettings = { registration: { limits: { siteTimes: 20 } } };

  test('is refused if a changed setting contradicts one that was there', () => {
    const reset = {
      ok: false,
      problems: [expect.objectContaining({ place: 'registration.limits.siteTimes' })],
    };
    const wide: PartialRealmSettings = { registration: { limits: { siteTimes: 20, organizationTimes: 20 } } };
    expect(changedSettings(wide, { reset: 'registration.limits.organizationTimes' })).toEqual(reset);
    const set = { registration: { limits: { siteTimes: 19 } } };
    expect(changedSettings(contradictory, { set })).toEqual(reset);
  });

  test('is made despite a contradiction from an earlier release that it has no part in', () => {
    expect(changedSettings(contradictory, { set: { lifetimes: { code: 30 } } })).toMatchObject({ ok: true });
    expect(changedSettings(contradictory, { reset: 'registration.limits.siteTimes' })).toMatchObject({
      ok: true,
    });
  });
});
