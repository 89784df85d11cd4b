import fc from 'fast-check';
import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { registrationOf } from '../client/client.ts';
import { bodies } from '../../test/support/bodies.ts';
import { realmWith, type Registration } from '../../test/support/realm.ts';
import { BODY, setUp, sourceAt } from '../../test/support/set-up.ts';
import type { ClientBounds } from './initial-access-token.ts';
import type {
  SoftwareStatementVerifier,
  StatementVerdict,
  TrustedIssuer,
} from '../software-statement/verifier.ts';
import type { Vendor } from '../brand/vendor.ts';
import { toMetadata } from './respond.ts';

const LIMITS = {
  perAddressPerHour: 1e6,
  attemptsPerAddressPerHour: 1e6,
  perRealmPerDay: 1e6,
  perRedirectUrisPerHour: 1e6,
  awakeClients: 1e6,
};

/** Usually the first value, sometimes one of the others. */
const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

const VENDOR: Vendor = { name: 'Acme Mail', hosts: ['acme.example'], schemes: ['acme'] };
const ISSUER: TrustedIssuer = {
  name: 'Vouch',
  issuer: 'https://vouch.example',
  jwks: { keys: [] },
  algorithms: ['ES256'],
};

const verified = (claims: object): StatementVerdict => ({
  outcome: 'verified',
  issuer: ISSUER,
  claims: { iss: ISSUER.issuer, ...claims },
});

/** The verdict for each statement. */
const VERDICTS: Readonly<Record<string, StatementVerdict>> = {
  vouched: verified({ client_name: 'Vouched', redirect_uris: ['https://vouched.example/cb'] }),
  'vouched, by a vendor’s name': verified({
    client_name: 'Acme Mail',
    redirect_uris: ['http://localhost/cb'],
  }),
  'vouched, for what the policy refuses': verified({
    client_name: 'Bad',
    redirect_uris: ['http://bad.example'],
  }),
  'vouched, of nobody': verified({ redirect_uris: ['https://vouched.example/cb'] }),
  untrusted: { outcome: 'untrusted', problem: 'is of nobody that is trusted here' },
  invalid: { outcome: 'invalid', problem: 'is not signed by its issuer' },
};

const statements: SoftwareStatementVerifier = {
  verify: async (statement) => VERDICTS[statement] ?? { outcome: 'invalid', problem: 'is no statement' },
};

/** The claims of a body about its client. */
const claims = fc.record(
  {
    client_name: fc.constantFrom('Acme Mail', 'Acrne Mail', 'Acme Mial Support', 'Notes'),
    redirect_uris: fc.constantFrom(
      ['https://acme.example/cb'],
      ['https://acme.example/cb', 'http://localhost/cb'],
      ['http://localhost/cb'],
      ['https://app.example/cb'],
      ['acme:/cb'],
    ),
    software_statement: fc.constantFrom(...Object.keys(VERDICTS)),
  },
  { requiredKeys: [] },
);

const anything = fc
  .tuple(bodies, fc.option(claims, { nil: {} }))
  .map(([body, said]): object => Object.assign({}, body, said));

const settings = fc.record({
  unsupportedTypes: mostly<'refuse' | 'narrow'>('narrow', 'refuse'),
  privateUseSchemes: fc.boolean(),
  reservedNames: mostly<readonly string[]>([], ['Notes'], ['Carnet']),
  allowedRedirectHosts: mostly<readonly string[]>([], ['app.example'], ['*.example']),
  refusedRedirectHosts: mostly<readonly string[]>([], ['app.example:8443']),
  vendors: mostly<readonly Vendor[]>([], [{ name: 'Carnet', hosts: ['carnet.example'] }]),
  softwareStatements: fc.record({
    issuers: fc.constant([ISSUER]),
    untrusted: mostly<'refuse' | 'ignore'>('ignore', 'refuse'),
  }),
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
    const seen = { updated: 0, refused: 0, vouched: 0 };
    const rules = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(anything, settings, bounds, fc.boolean(), async (body, chosen, named, rotateToken) => {
        const base = { coalesce: false, limits: LIMITS, management: { enabled: true, rotateToken } } as const;
        const all = setUp(realmWith({ ...base, mode: 'both' }), { vendors: [VENDOR], statements });
        // The first registration fits any bounds.
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
          rules.set(fresh.refusal.rule, (rules.get(fresh.refusal.rule) ?? 0) + 1);
          expect(await all.stored(client_id)).toEqual(before);
          return;
        }
        if (updated.outcome !== 'updated' || fresh.outcome !== 'registered') {
          throw new Error(JSON.stringify([updated, fresh]));
        }
        seen.updated += 1;
        seen.vouched += updated.outcome === 'updated' && 'software_statement' in updated.response ? 1 : 0;
        const [held, other] = [await all.stored(client_id), await all.stored(fresh.response.client_id)];
        expect(toMetadata(held)).toEqual(toMetadata(other));
        expect(registrationOf(held).bounds).toEqual(registrationOf(other).bounds);
        expect(registrationOf(held).vouchedBy).toEqual(registrationOf(other).vouchedBy);
        expect(Object.keys(updated.response).toSorted()).toEqual(Object.keys(fresh.response).toSorted());
      }),
      { numRuns: 1_000 },
    );
    expect(seen.updated).toBeGreaterThan(100);
    expect(seen.refused).toBeGreaterThan(100);
    expect(seen.vouched).toBeGreaterThan(10);
    for (const rule of [
      'client-name.vendor',
      'software-statement.trusted',
      'software-statement.valid',
      'software-statement.claims',
    ]) {
      expect([rule, rules.get(rule) ?? 0]).toEqual([rule, expect.toSatisfy((count: number) => count > 3)]);
    }
  },
);
