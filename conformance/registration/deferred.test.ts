import { fixtures } from '@vestibule/client-fixtures';
import { createMemoryStores } from '@vestibule/server/memory';
import { createRegistrar } from '@vestibule/core/registration';
import { type Persistence, type Realm, realmSettings } from '@vestibule/core/realm';
import { randomToken, sha256 } from '@vestibule/http';
import { createRegistrationEndpoint } from '@vestibule/http/registration';
import { createClientSealer, plainKeys } from '@vestibule/server';
import { NOW } from '@vestibule/testing/now';
import { NOTES_REALM } from '@vestibule/testing/realm';
import { vendors } from '@vestibule/vendor-directory';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomBodies } from './support/random-bodies.ts';

/** Registers in a realm that stores clients at this time, and returns the response and the number of stored clients. */
function registeringIn(persistence: Persistence, unsupportedTypes: 'refuse' | 'narrow') {
  const limits = { perAddressPerHour: 1e9, perRealmPerDay: 1e9, attemptsPerAddressPerHour: 1e9 };
  const registration = { open: true, coalesce: false, persistence, unsupportedTypes, limits };
  const realm: Realm = { ...NOTES_REALM, settings: realmSettings({ registration }) };
  const stores = createMemoryStores();
  const { clients, audit, commit, keys } = stores;
  const realms = { find: async () => realm };
  const clock = (): number => NOW;
  const errors: unknown[] = [];
  const registrar = createRegistrar({
    realms,
    clients,
    audit,
    commit,
    vendors,
    clock,
    generateToken: randomToken,
    hash: sha256,
    sealer: createClientSealer({ keys, commit, cipher: plainKeys, audit, clock }),
  });
  const endpoint = createRegistrationEndpoint({
    registrar,
    realm: realm.id,
    onError: (error) => errors.push(error),
  });
  return async (body: string) => {
    const request = new Request('https://id.example/connect/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const response = await endpoint(request, { ip: '192.0.2.1' });
    const text = (await response?.text()) ?? '';
    expect(errors).toEqual([]);
    const { client_id: id, ...rest }: { client_id?: string } = text.startsWith('{') ? JSON.parse(text) : {};
    const { items } = await clients.list(realm.id, { limit: 100 });
    for (const client of items) await clients.remove(realm.id, client.id);
    return { status: response?.status, rest, id, stored: items.length };
  };
}

test.each(['refuse', 'narrow'] as const)(
  'a random body gets the same response whenever clients are stored, and is stored later or at once (%s)',
  async (unsupportedTypes) => {
    const now = registeringIn('immediate', unsupportedTypes);
    const later = registeringIn('deferred', unsupportedTypes);
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(randomBodies, async (body) => {
        const [at, deferred] = [await now(body), await later(body)];
        expect([deferred.status, deferred.rest]).toEqual([at.status, at.rest]);
        if (deferred.id === undefined) return;
        expect(deferred.id).toMatch(/^[A-Za-z0-9\-._~]{1,1024}$/);
        const isSealed = deferred.id.startsWith('sealed1.');
        expect(deferred.stored).toBe(isSealed ? 0 : 1);
        seen.add(isSealed ? 'sealed' : 'stored');
      }),
      { numRuns: 300 },
    );
    expect(seen).toContain('sealed');
  },
);

test('no registration of a real agent is too long for a client_id', async () => {
  const later = registeringIn('deferred', 'narrow');
  const lengths = [];
  for (const { id, registration } of fixtures) {
    const registered = await later(JSON.stringify(registration));
    expect([id, registered.status, registered.id?.split('.')[0], registered.stored]).toEqual([
      id,
      201,
      'sealed1',
      0,
    ]);
    lengths.push(registered.id?.length ?? 0);
  }
  // Longer ones make longer URLs and tokens.
  expect(Math.max(...lengths)).toBeLessThan(600);
});
