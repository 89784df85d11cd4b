import { describe, expect, test } from 'vitest';
import { contradictions } from './contradictions.ts';
import { DEFAULT_REALM_SETTINGS, type PartialRealmSettings, withDefaultSettings } from './settings.ts';
import type { EgressRange } from './registration-settings.ts';

const DAY = 86_400;

const range = (name: string, ...ranges: readonly string[]): EgressRange => ({ name, ranges, perHour: 1 });
const egress = (...egressRanges: readonly EgressRange[]): PartialRealmSettings => ({
  registration: { limits: { egressRanges } },
});
const issuer = (name: string) => ({ name, issuer: name, jwksUri: 'https://a.example', algorithms: [] });

test('the default settings do not contradict each other', () => {
  expect(contradictions(DEFAULT_REALM_SETTINGS)).toEqual([]);
});

describe('settings contradict each other', () => {
  test.each<[string, PartialRealmSettings, place: string, problem: RegExp]>([
    [
      'a site may register more often than the organization it is part of',
      { registration: { limits: { siteTimes: 17 } } },
      'registration.limits.siteTimes',
      /must be at most organizationTimes, which is 16/,
    ],
    [
      'an organization may register less often than a site by default',
      { registration: { limits: { organizationTimes: 3 } } },
      'registration.limits.siteTimes',
      /must be at most organizationTimes, which is 3/,
    ],
    [
      'an access token outlives the refresh token of its grant',
      { lifetimes: { accessToken: 3_600, refreshToken: 3_599 } },
      'lifetimes.accessToken',
      /must be at most lifetimes\.refreshToken, which is 3599/,
    ],
    [
      'a used refresh token stays valid for as long as an unused one',
      { lifetimes: { accessToken: 60, refreshToken: 60, refreshGrace: 60 } },
      'lifetimes.refreshGrace',
      /must be shorter than lifetimes\.refreshToken/,
    ],
    [
      'clients manage a registration that is not stored',
      { registration: { persistence: 'deferred', management: { enabled: true } } },
      'registration.persistence',
      /must be "immediate" while registration\.management\.enabled is true/,
    ],
    [
      'a client that is not stored expires while a person decides',
      { lifecycle: { deferred: 599 } },
      'lifecycle.deferred',
      /must be at least lifetimes\.transaction, which is 600/,
    ],
    [
      'a client is dormant after a second',
      { lifecycle: { dormant: 1 } },
      'lifecycle.dormant',
      /must be longer than lifetimes\.accessToken, which is 900/,
    ],
    [
      'a client expires while a person decides',
      { lifecycle: { unused: 599 } },
      'lifecycle.unused',
      /must be at least lifetimes\.transaction, which is 600/,
    ],
    [
      'no approval comes late enough',
      { lifetimes: { transaction: 60 }, consent: { minimumReadingTime: 60_000 } },
      'consent.minimumReadingTime',
      /must be shorter than lifetimes\.transaction/,
    ],
    [
      'a key is published for longer than it signs',
      { keys: { publishBefore: 7_776_000 } },
      'keys.publishBefore',
      /must be shorter than keys\.rotateAfter, which is 7776000/,
    ],
    [
      'keys rotate faster than tokens expire',
      { keys: { rotateAfter: DAY }, lifetimes: { accessToken: DAY + 1, refreshToken: 30 * DAY } },
      'keys.rotateAfter',
      /must be at least lifetimes\.accessToken/,
    ],
    [
      'a person can choose the same duration twice',
      { consent: { durations: [3_600, 'until-revoked', 3_600] } },
      'consent.durations[2]',
      /is a duplicate/,
    ],
    [
      'an issuer of software statements is listed twice',
      { registration: { softwareStatements: { issuers: [issuer('a'), issuer('b'), issuer('a')] } } },
      'registration.softwareStatements.issuers[2].issuer',
      /Merge their keys/,
    ],
    [
      'two networks have the same name',
      egress(range('a', '192.0.2.0/24'), range('a', '198.51.100.0/24')),
      'registration.limits.egressRanges[1].name',
      /is the name of another network/,
    ],
    [
      'two networks have an address in common',
      egress(range('a', '2001:db8::/32', '192.0.2.0/24'), range('b', '198.51.100.0/24', '192.0.2.64/26')),
      'registration.limits.egressRanges[1].ranges[1]',
      /overlaps with a range of "a"/,
    ],
    [
      'an allowed host is refused',
      {
        registration: {
          allowedRedirectHosts: ['b.example', 'app.a.example:8443'],
          refusedRedirectHosts: ['*.a.example'],
        },
      },
      'registration.allowedRedirectHosts[1]',
      /is also in refusedRedirectHosts/,
    ],
    [
      'the policy on trial refuses a host that it allows',
      {
        registration: {
          candidate: { allowedRedirectHosts: ['a.example'], refusedRedirectHosts: ['a.example'] },
        },
      },
      'registration.candidate.allowedRedirectHosts[0]',
      /is also in refusedRedirectHosts/,
    ],
  ])('%s', (_, settings, place, problem) => {
    expect(contradictions(withDefaultSettings(settings))).toEqual([
      { between: expect.any(Array), place, problem: expect.stringMatching(problem) },
    ]);
  });
});

test.each<[string, PartialRealmSettings]>([
  ['a network with two ranges that overlap', egress(range('a', '192.0.2.0/24', '192.0.2.0/25'))],
  ['two networks side by side', egress(range('a', '192.0.2.0/25'), range('b', '192.0.2.128/25'))],
  ['as many uses for a site as for an organization', { registration: { limits: { siteTimes: 16 } } }],
  ['tokens that all live as long', { lifetimes: { accessToken: DAY, refreshToken: DAY } }],
  ['a grant that is shorter than an access token', { consent: { durations: [60] } }],
  [
    'a part of an allowed pattern that is refused',
    {
      registration: { allowedRedirectHosts: ['*.a.example'], refusedRedirectHosts: ['evil.a.example'] },
    },
  ],
])('settings may have %s', (_, settings) => {
  expect(contradictions(withDefaultSettings(settings))).toEqual([]);
});
