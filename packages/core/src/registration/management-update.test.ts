import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { managed, registeredIn } from '../../test/support/managed.ts';
import { BODY } from '../../test/support/set-up.ts';
import type { RealmSettings } from '../realm/settings.ts';

test(cite('null and the empty string leave a member out', 'rfc7592:2.2:null-is-absent'), async () => {
  const { own, update } = await registeredIn(managed(), { ...BODY, scope: 'notes:read', software_id: 'x' });
  const outcome = await update(own({ client_secret: '', scope: null, software_id: '', client_name: '' }));
  expect(outcome).toMatchObject({
    response: { client_name: 'app.example', scope: 'notes:read notes:write' },
  });
  expect(outcome).not.toHaveProperty('response.software_id');
});

test(
  cite(
    'what the policy changes in an update is answered as it became',
    'rfc7592:2.2:replaced',
    'rfc7592:3:address-and-token-again',
  ),
  async () => {
    const { own, update, audit } = await registeredIn();
    const asked = own({ scope: 'notes:read notes:admin', token_endpoint_auth_method: 'client_secret_basic' });
    expect(await update(asked)).toMatchObject({
      response: { scope: 'notes:read', token_endpoint_auth_method: 'none' },
    });
    expect(audit.events.at(-1)).toMatchObject({
      trace: expect.arrayContaining([
        { rule: 'scope.open', outcome: 'narrowed', from: 'notes:read notes:admin', to: 'notes:read' },
      ]),
    });
  },
);

describe('an update is refused', () => {
  const table: [string, string, (id: string) => unknown][] = [
    [cite('that names no client', 'rfc7592:2.2:client-id'), 'management.client-id', () => BODY],
    [
      cite('that names another', 'rfc7592:2.2:client-id'),
      'management.client-id',
      () => ({ ...BODY, client_id: 'dyn-other' }),
    ],
    [
      cite('that names it in another type', 'rfc7592:2.2:client-id'),
      'management.client-id',
      (id) => ({ ...BODY, client_id: [id] }),
    ],
    [
      cite('that names it by inheritance', 'rfc7592:2.2:client-id', 'vestibule:bad-input:management'),
      'management.client-id',
      (id) => JSON.parse(`{"redirect_uris":["https://app.example/cb"],"__proto__":{"client_id":"${id}"}}`),
    ],
    [
      cite('that brings a secret', 'rfc7592:2.2:no-secret'),
      'management.client-secret',
      (client_id) => ({ ...BODY, client_id, client_secret: 'x' }),
    ],
    [
      cite('that brings something else as a secret', 'rfc7592:2.2:no-secret'),
      'management.client-secret',
      (client_id) => ({ ...BODY, client_id, client_secret: 0 }),
    ],
    [cite('that says nothing', 'rfc7592:2.2:refused'), 'redirect-uris.count', (client_id) => ({ client_id })],
    ...[null, 5, 'x', [], [BODY]].map((body): [string, string, () => unknown] => [
      cite(`that is ${JSON.stringify(body)}`, 'vestibule:bad-input:management'),
      'metadata.object',
      () => body,
    ]),
    [
      cite('that requests what is not allowed', 'rfc7592:2.2:refused', 'vestibule:management:no-further'),
      'grant-types.client-credentials',
      (client_id) => ({ ...BODY, client_id, grant_types: ['client_credentials'] }),
    ],
  ];
  test.each(table)('%s, and the registration stays as it was', async (_, rule, body) => {
    const { clientId, update, stored, audit, read, answer } = await registeredIn();
    const before = await stored(clientId);
    const outcome = await update(body(clientId));
    expect(outcome).toMatchObject({ outcome: 'refused', refusal: { rule } });
    expect(await stored(clientId)).toEqual(before);
    expect(await read()).toEqual({ outcome: 'read', response: answer });
    expect(audit.events.slice(1)).toMatchObject([
      { type: 'client.update-refused', clientId, rule, ip: '192.0.2.7' },
    ]);
  });
});

test(cite('an update is judged by today’s policy', 'vestibule:management:today'), async () => {
  const { own, update, change, read, answer } = await registeredIn();
  await change(managed({ reservedNames: ['Notes'] }));
  expect(await update(own())).toMatchObject({ refusal: { rule: 'client-name.reserved' } });
  expect(await read()).toEqual({ outcome: 'read', response: answer });
  await change({ ...managed(), scopes: [] });
  expect(await update(own({ scope: 'notes:read' }))).not.toHaveProperty('response.scope');
});

test(cite('a client may change itself sixty times in an hour', 'vestibule:limits:updates'), async () => {
  const realm = managed({ management: { enabled: true, rotateToken: false } });
  const { update, own, stored, clientId } = await registeredIn(realm);
  for (let time = 1; time <= 60; time += 1) {
    expect(await update(own({ software_version: String(time) }))).toMatchObject({ outcome: 'updated' });
  }
  expect(await update(own({ software_version: '61' }))).toEqual({ outcome: 'limited', retryAfter: 3_600 });
  expect(await stored(clientId)).toMatchObject({ softwareVersion: '60' });
});

test('an update without its statement makes the client unverified', async () => {
  const issuer = { name: 'V', issuer: 'https://v.example', algorithms: ['ES256'] } as const;
  const softwareStatements: RealmSettings['registration']['softwareStatements'] = {
    issuers: [issuer],
    untrusted: 'ignore',
  };
  const claims = { client_name: 'Vouched', redirect_uris: ['https://v.example/cb'] };
  const statements = { verify: async () => ({ outcome: 'verified', issuer, claims }) as const };
  const { stored, clientId, update, own } = await registeredIn(
    managed({ softwareStatements, management: { enabled: true, rotateToken: false } }),
    { software_statement: 'a.b.c' },
    undefined,
    { statements },
  );
  expect(await stored(clientId)).toMatchObject({
    name: 'Vouched',
    registration: { vouchedBy: 'https://v.example' },
  });
  await update(own());
  const client = await stored(clientId);
  expect(client).toMatchObject({ name: 'Notes app' });
  expect(client).not.toHaveProperty('registration.vouchedBy');
  expect(client).not.toHaveProperty('registration.softwareStatement');
  await update({ client_id: clientId, software_statement: 'a.b.c' });
  expect(await stored(clientId)).toMatchObject({
    name: 'Vouched',
    registration: { vouchedBy: 'https://v.example' },
  });
});
