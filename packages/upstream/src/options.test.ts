import { describe, expect, test } from 'vitest';
import { readOptions, type UpstreamOptions } from './options.ts';

const GOOD = { issuer: 'https://login.example/realms/acme', clientId: 'vestibule', clientSecret: 'sesame' };

describe('an option that is wrong is an error that names it', () => {
  test.each<[object, RegExp]>([
    [{ issuer: undefined }, /"issuer" is missing/],
    [{ issuer: 'http://login.example' }, /"issuer" must begin with https/],
    [{ issuer: 'https://login.example/?a=b' }, /"issuer" must have no query/],
    [
      { issuer: 'https://login.example/.well-known/openid-configuration' },
      /"issuer" must be the issuer itself/,
    ],
    [{ clientId: '' }, /"clientId" is empty/],
    [{ clientSecret: '' }, /"clientSecret" is empty/],
    [{ privateKey: { pem: '', algorithm: 'ES256' } }, /"clientSecret" or "privateKey", not both/],
    [{ clientAuthentication: 'basic' }, /"clientAuthentication" must be client_secret_basic or/],
    [{ clientSecret: undefined, clientAuthentication: 'client_secret_post' }, /needs "clientSecret"/],
    [{ scopes: ['openid email'] }, /"scopes" must list scopes/],
    [{ parameters: { state: 'x' } }, /"parameters" must not have state/],
    [{ requiredClaims: { groups: 'agents' } }, /"requiredClaims" needs a list of texts for groups/],
    [{ requiredClaims: { groups: [] } }, /"requiredClaims" needs a list of texts for groups/],
    [{ requiredClaims: { level: [1] } }, /"requiredClaims" needs a list of texts for level/],
    [{ requiredClaims: { email_verified: [true] } }, /"requiredClaims" needs a list of texts for email_ver/],
    [{ groups: {} }, /"groups" needs "claim": OpenID Connect has no claim for groups of its own/],
    [{ groups: { claim: '' } }, /"groups.claim" must be the name of a claim/],
    [{ groups: { claim: [] } }, /"groups.claim" must be the name of a claim/],
    [{ groups: { claim: ['realm_access', 7] } }, /"groups.claim" must be the name of a claim/],
    [{ groups: { claim: 'groups', only: [] } }, /"groups.only" must list names/],
    [{ groups: { claim: 'groups', only: { a: 7 } } }, /"groups.only" must list names/],
    [{ groups: { claim: 'groups', prefix: 7 } }, /"groups.prefix" must be a text/],
    [{ groups: { claims: 'groups' } }, /"groups" has the unknown member "claims"/],
    [{ groups: 'groups' }, /"groups" must be an object/],
    [{ preset: 'unknown' }, /"preset" must be one of openid, keycloak, auth0/],
    [{ clientSecrets: 'x' }, /unknown option "clientSecrets"/],
  ])('%j', (wrong, message) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const options = { ...GOOD, ...wrong } as UpstreamOptions;
    expect(() => readOptions(options)).toThrow(message);
    expect(() => readOptions(options)).not.toThrow(/sesame/);
  });
});

test('`openid` is always among the scopes', () => {
  expect(readOptions({ ...GOOD, scopes: ['email'] }).scopes).toEqual(['openid', 'email']);
  expect(readOptions(GOOD).scopes).toEqual(['openid', 'profile', 'email']);
});

test('an issuer on this computer may use plain http', () => {
  expect(readOptions({ ...GOOD, issuer: 'http://localhost:8080/realms/acme' }).name).toBe('localhost:8080');
});
