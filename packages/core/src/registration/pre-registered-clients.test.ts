import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodies } from '../../test/support/bodies.ts';
import { ADA, realmWith } from '../../test/support/realm.ts';
import { BODY, setUp, sourceAt } from '../../test/support/set-up.ts';
import { registrationAccessTokenHash } from './present-access-token.ts';

const MANAGED = realmWith({
  coalesce: true,
  management: { enabled: true },
  limits: {
    perAddressPerHour: 1e6,
    attemptsPerAddressPerHour: 1e6,
    perRealmPerDay: 1e6,
    perRedirectUrisPerHour: 1e6,
  },
});

const TERMS = {
  id: 'acme',
  name: 'Notes',
  redirectUris: ['https://app.example/cb'],
  authentication: { method: 'client_secret_post' },
  access: [{ resource: 'https://notes.example/mcp', scopes: ['notes:admin'] }],
} as const;

/** Members by which a request may claim to be more than a dynamic client, in the spelling of requests and of records. */
const CLAIMS = {
  id: 'acme',
  client_id: 'acme',
  client_secret: 's',
  token_endpoint_auth_method: 'client_secret_post',
  kind: 'pre-registered',
  terms: { authentication: { method: 'none' }, access: TERMS.access, rememberConsent: true },
  preregistration: { authentication: { method: 'none' }, access: TERMS.access, rememberConsent: true },
  preregistered: true,
  rememberConsent: true,
  remember_consent: true,
  secretHashes: ['h'],
  access: TERMS.access,
  jwks: { keys: [] },
  jwks_uri: 'https://app.example/jwks',
};

const claims = fc.subarray(Object.entries(CLAIMS)).map((entries) => Object.fromEntries(entries));

test('no registration and no update makes a pre-registered client, or changes one', async () => {
  const seen = { registered: 0, updated: 0 };
  await fc.assert(
    fc.asyncProperty(bodies, bodies, claims, async (first, next, claimed) => {
      const { operator, register, registrar, stored } = setUp(MANAGED);
      await operator.clients.add(ADA, 'main', TERMS);
      const before = await stored('acme');
      const outcome = await register({ ...first, ...claimed });
      if (outcome.outcome === 'registered') {
        seen.registered += 1;
        const { client_id: clientId, registration_access_token: token } = outcome.response;
        expect(clientId).toMatch(/^dyn-/);
        expect(await stored(clientId)).toMatchObject({ kind: 'dynamic' });
        expect(await stored(clientId)).not.toHaveProperty('terms');
        const request = { realm: 'main', clientId, token, source: sourceAt('192.0.2.1') };
        const updated = await registrar.update(request, {
          ...next,
          ...claimed,
          client_id: clientId,
          client_secret: '',
        });
        if (updated.outcome === 'updated') seen.updated += 1;
        expect(await stored(clientId)).toMatchObject({ kind: 'dynamic' });
        expect(await stored(clientId)).not.toHaveProperty('terms');
      }
      expect(await stored('acme')).toEqual(before);
    }),
    { numRuns: 500 },
  );
  expect(seen.registered).toBeGreaterThan(100);
  expect(seen.updated).toBeGreaterThan(50);
});

test('a registration access token never manages a pre-registered client, whatever its record holds', async () => {
  const { operator, registrar, clients, stored, registered } = setUp(MANAGED);
  await operator.clients.add(ADA, 'main', TERMS);
  const { registration_access_token: token = '' } = await registered(BODY);
  const hash = registrationAccessTokenHash((text) => `hash of ${text}`, token);
  // As a store would return that mixes up the kinds.
  const mixed = { ...(await stored('acme')), registration: { accessTokenHash: hash } };
  await clients.replace(mixed, 1);
  const before = await stored('acme');
  const request = { realm: 'main', clientId: 'acme', token, source: sourceAt('192.0.2.1') };
  const unauthorized = { outcome: 'unauthorized', token: 'invalid' };
  expect(await registrar.read(request)).toEqual(unauthorized);
  expect(await registrar.update(request, { ...BODY, client_id: 'acme' })).toEqual(unauthorized);
  expect(await registrar.remove(request)).toEqual(unauthorized);
  expect(await stored('acme')).toEqual(before);
});
