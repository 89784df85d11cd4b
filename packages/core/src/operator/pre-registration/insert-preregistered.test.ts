import { expect, test } from 'vitest';
import { documentClient, preregisteredClient } from '../../../test/support/clients.ts';
import { ADA, NOW } from '../../../test/support/realm.ts';
import { setUp } from '../../../test/support/set-up.ts';
import type { PreregistrationTerms } from './terms.ts';

const URL_ID = 'https://app.example/client.json';
const known = documentClient({ realm: 'main', id: URL_ID, name: 'Described', lastUsedAt: NOW - 1 });

const TERMS: PreregistrationTerms = {
  id: URL_ID,
  name: 'Ours',
  redirectUris: ['https://ours.example/cb'],
  authentication: { method: 'none' },
  access: [{ resource: 'https://notes.example/mcp', scopes: ['notes:read'] }],
};

test('a client can be pre-registered under the URL of a document', async () => {
  const { operator, stored, audit } = setUp();
  expect(await operator.clients.add(ADA, 'main', TERMS)).toMatchObject({ outcome: 'preregistered' });
  expect(await stored(URL_ID)).toMatchObject({ kind: 'pre-registered', name: 'Ours', version: 1 });
  expect(audit.events).toMatchObject([{ type: 'client.preregistered', clientId: URL_ID }]);
  expect(audit.events[0]).not.toHaveProperty('replacedDocument');
});

test('a pre-registered client replaces the one that the document at its id described, and ends its grants', async () => {
  const { operator, clients, stored, audit, ended } = setUp();
  await clients.insert(known);
  const made = await operator.clients.add(ADA, 'main', TERMS);
  const client = await stored(URL_ID);
  expect(made).toEqual({ outcome: 'preregistered', client, replacedDocument: true });
  expect(client).toEqual({
    ...preregisteredClient(),
    id: URL_ID,
    version: 2,
    name: 'Ours',
    redirectUris: TERMS.redirectUris,
    grantTypes: ['authorization_code', 'refresh_token'],
    applicationType: 'web',
    issuedAt: NOW,
    terms: { authentication: { method: 'none' }, access: TERMS.access, rememberConsent: false },
  });
  expect(ended).toEqual([URL_ID]);
  expect(audit.events).toMatchObject([
    {
      type: 'client.preregistered',
      replacedDocument: true,
      before: { name: 'Described', redirectUris: known.redirectUris },
      after: { name: 'Ours', redirectUris: TERMS.redirectUris },
    },
  ]);
});

test('a client that a document describes is replaced although it is stored or used meanwhile', async () => {
  const { operator, clients, stored, ended, meanwhile } = setUp();
  meanwhile(() => clients.insert(known));
  expect(await operator.clients.add(ADA, 'main', TERMS)).toMatchObject({ outcome: 'preregistered' });
  expect(await stored(URL_ID)).toMatchObject({ kind: 'pre-registered', version: 2 });
  expect(ended).toEqual([URL_ID]);

  await clients.replace(known, 2);
  meanwhile(() => clients.touch('main', URL_ID, NOW));
  expect(await operator.clients.add(ADA, 'main', TERMS)).toMatchObject({ outcome: 'preregistered' });
  expect(await stored(URL_ID)).toMatchObject({ kind: 'pre-registered', version: 5 });
});

test('a client is pre-registered if the one that a document described is deleted meanwhile', async () => {
  const { operator, clients, stored, meanwhile } = setUp();
  await clients.insert(known);
  meanwhile(() => clients.remove('main', URL_ID));
  expect(await operator.clients.add(ADA, 'main', TERMS)).toMatchObject({ outcome: 'preregistered' });
  expect(await stored(URL_ID)).toMatchObject({ kind: 'pre-registered', version: 1 });
});

test('a blocked client is not replaced, because its block would end', async () => {
  const { operator, clients, stored, ended } = setUp();
  await clients.insert({ ...known, blockedAt: NOW });
  expect(await operator.clients.add(ADA, 'main', TERMS)).toEqual({
    outcome: 'refused',
    member: 'id',
    problem: 'is the client_id of a blocked client. Unblock or delete that client first',
  });
  expect(await stored(URL_ID)).toHaveProperty('blockedAt');
  expect(ended).toEqual([]);
});

test('another pre-registered client at the same URL is not replaced', async () => {
  const { operator, clients, meanwhile } = setUp();
  const taken = { outcome: 'refused', member: 'id', problem: 'is the client_id of another client' };
  await operator.clients.add(ADA, 'main', TERMS);
  expect(await operator.clients.add(ADA, 'main', TERMS)).toEqual(taken);
  await clients.replace(known, 1);
  meanwhile(() => clients.replace(preregisteredClient({ id: URL_ID, name: 'Theirs' }), 2));
  expect(await operator.clients.add(ADA, 'main', TERMS)).toEqual(taken);
});

test('a client that was pre-registered at the URL of a document is blocked, unblocked and deleted like others', async () => {
  const { operator, clients, stored } = setUp();
  await operator.clients.add(ADA, 'main', TERMS);
  expect(await operator.clients.block(ADA, 'main', URL_ID)).toBe('changed');
  expect(await operator.clients.unblock(ADA, 'main', URL_ID)).toBe('changed');
  expect(await stored(URL_ID)).toMatchObject({ kind: 'pre-registered', name: 'Ours' });
  expect(await operator.clients.remove(ADA, 'main', URL_ID)).toBe('changed');
  expect(await clients.find('main', URL_ID)).toBeUndefined();
});
