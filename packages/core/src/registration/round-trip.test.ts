import fc from 'fast-check';
import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { NOW, realmWith } from '../../test/support/realm.ts';
import { BODY, setUp } from '../../test/support/set-up.ts';
import { bodies } from '../../test/support/bodies.ts';
import type { DynamicClient } from '../client/client.ts';
import { judgeRegistration } from '../policy/judge-registration.ts';
import { dynamicClientPolicy } from '../policy/dynamic-client-policy.ts';
import { statementOf, toRecord } from './record.ts';
import { toMetadata } from './respond.ts';

const realm = realmWith({ coalesce: false, unsupportedTypes: 'narrow' });
const context = { settings: realm.settings.registration, scopes: realm.scopes };

test(
  cite(
    'metadata come out of a record as they went in, also over JSON',
    'vestibule:metadata:round-trip',
    'rfc7591:3.2.1:everything',
  ),
  () => {
    let count = 0;
    fc.assert(
      fc.property(bodies, (body) => {
        const judgement = judgeRegistration(body, dynamicClientPolicy, context);
        fc.pre(judgement.ok);
        count += 1;
        const { metadata } = judgement;
        const client: DynamicClient = {
          kind: 'dynamic',
          ...toRecord(metadata),
          realm: 'main',
          id: 'dyn-x',
          version: 1,
          issuedAt: NOW,
          registration: statementOf(metadata),
        };
        expect(toMetadata(client)).toEqual(metadata);
        const thawed: DynamicClient = JSON.parse(JSON.stringify(client));
        expect(thawed).toEqual(client);
        expect(toMetadata(thawed)).toEqual(metadata);
        expect(toRecord(toMetadata(thawed))).toEqual(toRecord(metadata));
      }),
      { numRuns: 1_000 },
    );
    expect(count).toBeGreaterThan(100);
  },
);

test(
  cite('an answer that is sent as a registration is answered with the same', 'vestibule:metadata:round-trip'),
  async () => {
    const { register, registered } = setUp(
      realmWith({
        coalesce: false,
        unsupportedTypes: 'narrow',
        limits: {
          attemptsPerAddressPerHour: 1e6,
          perAddressPerHour: 1e6,
          perRealmPerDay: 1e6,
          perRedirectUrisPerHour: 1e6,
          awakeClients: 1e6,
        },
      }),
    );
    let count = 0;
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const outcome = await register(body);
        fc.pre(outcome.outcome === 'registered');
        count += 1;
        const { client_id: first, ...answer } = outcome.response;
        const { client_id: second, ...again } = await registered(
          JSON.parse(JSON.stringify({ client_id: first, ...answer })),
        );
        expect(again).toEqual(answer);
        expect(second).not.toBe(first);
      }),
      { numRuns: 500 },
    );
    expect(count).toBeGreaterThan(100);
  },
);

test('a client without a scope that sends the response back is not bound by it', async () => {
  const { registered, stored } = setUp();
  const { client_id: first, ...answer } = await registered(BODY);
  expect(await stored(first)).not.toHaveProperty('scope');
  const { client_id: second } = await registered(answer);
  expect(await stored(second)).toHaveProperty('scope', ['notes:read', 'notes:write']);
});
