import { createVestibule } from '@vestibule/node';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { apiRoutes } from '../src/api.ts';
import { realmAt } from '../src/realm.ts';
import { sendTo } from './agent.ts';

const issuer = 'http://localhost:4000';
const realm = realmAt(issuer, 'the password of a test');
const vestibule = await createVestibule({
  database: 'sqlite::memory:',
  realms: [realm],
  routesBeside: apiRoutes,
});
after(() => vestibule.stop());

const send = sendTo(vestibule);
const [{ resource }] = realm.apis;

test('the API asks for a token, and says where agents get one', async () => {
  const response = await send(resource, { method: 'POST', body: '{}' });
  assert.equal(response.status, 401);
  const [, metadata = ''] =
    /resource_metadata="([^"]+)"/.exec(response.headers.get('www-authenticate') ?? '') ?? [];
  const { authorization_servers } = await (await send(metadata)).json();
  assert.deepEqual(authorization_servers, [issuer]);
});
