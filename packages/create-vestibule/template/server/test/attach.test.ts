import { createVestibule } from '@vestibule/node';
import { createResourceServer } from '@vestibule/resource-server';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { realmAt } from '../src/realm.ts';
import { attach, sendTo } from './agent.ts';

const issuer = 'http://localhost:4000';
const ada = { username: 'ada', password: 'the password of a test' };
const realm = realmAt(issuer, ada.password);
// A test does not read the page before it decides.
const settings = { ...realm.realm.settings, consent: { minimumReadingTime: 0 } };
const vestibule = await createVestibule({
  database: process.env['TEST_DATABASE_URL'] ?? 'sqlite::memory:',
  realms: [{ ...realm, realm: { ...realm.realm, settings } }],
});
after(() => vestibule.stop());

const send = sendTo(vestibule);
const [{ resource }] = realm.apis;
const [{ name: scope }] = realm.scopes;

test('an unknown agent attaches to the API', async () => {
  const { registered, consent, token } = await attach(send, { issuer, resource, scope, ...ada });
  assert.equal(registered.status, 201);
  assert.match(consent, /\[unverified\]/);
  const api = createResourceServer({ issuer, resource, fetch: send });
  const request = new Request(resource, { headers: { authorization: `Bearer ${token.access_token}` } });
  const admission = await api.admit(request, [scope]);
  assert.equal(admission.ok, true);
});

test('an agent gets no token for another API', async () => {
  const other = 'https://other.example/mcp';
  const { exchanged } = await attach(send, { issuer, resource: other, scope, ...ada });
  assert.equal(exchanged.ok, false);
});
