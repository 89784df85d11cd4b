import type { RequestInfo } from '@vestibule/http';
import type { SignIn } from '@vestibule/server';
import { describe, expect, test } from 'vitest';
import { nameOf, profileOf } from '../src/person.ts';
import {
  isPresetName,
  PRESETS,
  signInUpstream,
  type UpstreamGroups,
  type UpstreamPresetName,
} from '../src/index.ts';
import { groupSettings } from '../src/group-settings.ts';
import { groupsOf } from '../src/groups.ts';
import { missingClaim } from '../src/required-claims.ts';
import { RECORDED } from './support/recorded-providers.ts';

const RETURN = 'https://id.example/connect/sign-in/return';
const AFTER = 'https://id.example/connect/sign-out';

/** The sign-in method for a provider that serves its recorded metadata. */
function methodFor(preset: keyof typeof RECORDED) {
  const { issuer, metadata } = RECORDED[preset];
  return signInUpstream({
    issuer,
    clientId: 'vestibule',
    clientSecret: 'secret',
    preset,
    fetch: async () => Response.json({ issuer, response_types_supported: ['code'], ...metadata }),
  });
}

/** Where a person is sent. */
async function destination(preset: keyof typeof RECORDED, wantsOtherPerson = false): Promise<URL> {
  const asked: Pick<SignIn, 'state' | 'secretFor' | 'clock' | 'returnTo' | 'wantsOtherPerson' | 'info'> = {
    state: 'st',
    secretFor: (purpose) => purpose.padEnd(43, 'x'),
    clock: Date.now,
    returnTo: RETURN,
    wantsOtherPerson,
    info: { ip: '192.0.2.1' } satisfies RequestInfo,
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const step = await methodFor(preset).begin(asked as SignIn);
  if (step.kind !== 'redirect') throw new Error(JSON.stringify(step));
  return new URL(step.location);
}

const presets = Object.keys(RECORDED).filter((name): name is keyof typeof RECORDED => name in RECORDED);

test('every preset has a recorded provider', () => {
  expect(presets.toSorted()).toEqual(
    Object.keys(PRESETS)
      .filter((name) => name !== 'openid')
      .toSorted(),
  );
  expect([isPresetName('keycloak'), isPresetName('constructor')]).toEqual([true, false]);
});

describe.each(presets)('%s', (preset) => {
  const { issuer, metadata, claims, mistakes } = RECORDED[preset];

  test('people are sent to its authorization endpoint', async () => {
    const url = await destination(preset);
    expect(`${url.origin}${url.pathname}`).toBe(metadata['authorization_endpoint']);
    expect(url.searchParams.get('scope')).toBe('openid profile email');
    expect(url.searchParams.has('prompt')).toBe(false);
  });

  test('its metadata accepts the prompt for another account', async () => {
    const prompt = (await destination(preset, true)).searchParams.get('prompt');
    const { prompt_values_supported: supported = [prompt] } = metadata;
    expect(supported).toContain(prompt);
  });

  test('its claims have a name and an email address', () => {
    expect(nameOf(claims, String(claims['sub']))).toBe('Ada Lovelace');
    expect(profileOf(claims)).toEqual({ email: 'ada@acme.example', emailVerified: preset !== 'entra' });
  });

  test.each(mistakes.map((mistake) => [mistake]))('the issuer %s is a mistake', (mistake) => {
    const options = { clientId: 'vestibule', clientSecret: 'secret', preset };
    expect(() => signInUpstream({ ...options, issuer: mistake })).toThrow(/"issuer" must/);
    expect(() => signInUpstream({ ...options, issuer })).not.toThrow();
  });
});

test.each<[UpstreamPresetName & keyof typeof RECORDED, Record<string, string> | undefined]>([
  ['keycloak', { client_id: 'vestibule', post_logout_redirect_uri: AFTER }],
  ['auth0', { client_id: 'vestibule', post_logout_redirect_uri: AFTER }],
  ['entra', { client_id: 'vestibule', post_logout_redirect_uri: AFTER }],
  ['cognito', { client_id: 'vestibule', logout_uri: AFTER }],
  ['ory', { client_id: 'vestibule' }],
  ['duende', { client_id: 'vestibule' }],
  ['okta', undefined],
  ['google', undefined],
])('the sign-out at %s has the parameters %j', async (preset, parameters) => {
  const elsewhere = await methodFor(preset).signOutElsewhere?.({ returnTo: AFTER, clock: Date.now });
  expect(elsewhere && Object.fromEntries(new URL(elsewhere.href).searchParams)).toEqual(parameters);
});

test.each<[keyof typeof RECORDED, string]>([
  ['keycloak', 'groups'],
  ['auth0', 'https://acme.example/groups'],
  ['okta', 'groups'],
  ['authentik', 'groups'],
  ['cognito', 'cognito:groups'],
])('the groups of %s in the claim %s can be required', (preset, claim) => {
  const { claims } = RECORDED[preset];
  expect(missingClaim(claims, { [claim]: ['agents'] })).toBeUndefined();
  expect(missingClaim(claims, { [claim]: ['admins'] })).toBe(claim);
});

test.each<[keyof typeof RECORDED, UpstreamGroups]>([
  ['keycloak', {}],
  ['keycloak', { claim: ['realm_access', 'roles'], only: ['agents'] }],
  ['auth0', { claim: 'https://acme.example/groups' }],
  ['okta', {}],
  ['ory', { claim: 'groups' }],
  ['authentik', {}],
  ['zitadel', {}],
  ['duende', { claim: 'groups' }],
  ['entra', {}],
  ['entra', { claim: 'groups', only: { 'b3a7c1de-0d0e-4a61-9d5c-3f2b1a0c9e8d': 'agents' } }],
  ['cognito', {}],
])('the claims of %s with the option %j have the group `agents`', (preset, options) => {
  const { groups } = groupsOf(RECORDED[preset].claims, groupSettings(options, PRESETS[preset]));
  expect(groups).toEqual(['agents']);
});

test.each<[keyof typeof RECORDED]>([['auth0'], ['ory'], ['duende'], ['google']])(
  '%s has no claim for groups of its own, so that one has to be named',
  (preset) => {
    const { issuer } = RECORDED[preset];
    const options = { issuer, clientId: 'vestibule', clientSecret: 'secret', preset };
    expect(() => signInUpstream({ ...options, groups: {} })).toThrow(/"groups" needs "claim"/);
    expect(() => signInUpstream({ ...options, groups: { claim: 'groups' } })).not.toThrow();
  },
);
