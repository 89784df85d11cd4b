import fc from 'fast-check';
import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { bodies } from '../../test/support/bodies.ts';
import { realmWith, type Registration } from '../../test/support/realm.ts';
import { BODY, setUp, sourceAt } from '../../test/support/set-up.ts';
import type { ClientBounds } from '../initial-access-token/initial-access-token.ts';
import { toMetadata } from './response.ts';

const LIMITS = {
  perAddressPerHour: 1e6,
  attemptsPerAddressPerHour: 1e6,
  perRealmPerDay: 1e6,
  perRedirectUrisPerHour: 1e6,
  awakeClients: 1e6,
};

/** The first as a rule, and the others now and then. */
const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

const settings = fc.record({
  unsupportedTypes: mostly<'refuse' | 'narrow'>('narrow', 'refuse'),
  privateUseSchemes: fc.boolean(),
  reservedNames: mostly<readonly string[]>([], ['Notes'], ['Carnet']),
  allowedRedirectHosts: mostly<readonly string[]>([], ['app.example'], ['*.example']),
  refusedRedirectHosts: mostly<readonly string[]>([], ['app.example:8443']),
}) satisfies fc.Arbitrary<Registration>;

const bounds: fc.Arbitrary<ClientBounds | undefined> = fc.option(
  fc.record(
    {
      redirectHosts: fc.subarray(['app.example', 'app.example:8443', 'other.example']),
      scopes: fc.subarray(['notes:read', 'notes:write', 'notes:admin']),
      resources: fc.constant(['https://notes.example/mcp']),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);

test(
  cite(
    'an update comes to what a registration of the same body comes to, or both are refused by the same rule',
    'vestibule:management:no-further',
    'vestibule:management:today',
    'vestibule:initial-access-tokens:update',
  ),
  async () => {
    const seen = { updated: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(bodies, settings, bounds, fc.boolean(), async (body, chosen, named, rotateToken) => {
        const base = { coalesce: false, limits: LIMITS, management: { enabled: true, rotateToken } } as const;
        const all = setUp(realmWith({ ...base, mode: 'both' }));
        // The first registration is one that any bounds allow.
        const early = { ...BODY, redirect_uris: ['http://localhost/cb'] };
        const token = named && (await all.issue({ ...named, maxUses: 2 })).token;
        const first = await all.register(early, token === undefined ? {} : { token });
        fc.pre(first.outcome === 'registered');
        const { client_id, registration_access_token } = first.response;

        await all.change(realmWith({ ...base, ...chosen, mode: 'both' }));
        const request = { realm: 'main', clientId: client_id, token: registration_access_token };
        const source = sourceAt('192.0.2.1');
        const before = await all.stored(client_id);
        const updated = await all.registrar.update({ ...request, source }, { ...body, client_id });
        const fresh = await all.register({ ...body, client_id }, token === undefined ? {} : { token });

        if (updated.outcome === 'refused' && fresh.outcome === 'refused') {
          seen.refused += 1;
          expect(updated.refusal).toEqual(fresh.refusal);
          expect(await all.stored(client_id)).toEqual(before);
          return;
        }
        if (updated.outcome !== 'updated' || fresh.outcome !== 'registered') {
          throw new Error(JSON.stringify([updated, fresh]));
        }
        seen.updated += 1;
        const [held, other] = [await all.stored(client_id), await all.stored(fresh.response.client_id)];
        expect(toMetadata(held)).toEqual(toMetadata(other));
        expect(held.bounds).toEqual(other.bounds);
        expect(held.vouchedBy).toEqual(other.vouchedBy);
        expect(Object.keys(updated.response).toSorted()).toEqual(Object.keys(fresh.response).toSorted());
      }),
      { numRuns: 1_000 },
    );
    expect(seen.updated).toBeGreaterThan(100);
    expect(seen.refused).toBeGreaterThan(100);
  },
);
