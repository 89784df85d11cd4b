import { strict as assert } from 'node:assert';
import { scramble } from '../../check/scramble.ts';
import { connectionCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { client, clientShelf } from '../../sample/client.ts';
import { HERE } from '../../sample/place.ts';
import { clientWith, register } from './registered.ts';

const changed = { ...client(HERE, 'changed'), version: 2 };

const sampleCases = Object.entries(clientShelf.samples).map(([name, sample]) =>
  storeCase(
    `clients.replace.${name}`,
    'a client is replaced as a whole, with what it no longer has, and is one version on',
    async ({ clients }) => {
      const { everything } = clientShelf.samples;
      await register(clients, name === 'everything' ? client(HERE) : (everything ?? client(HERE)));
      assert.equal((await clients.find('main', 'one'))?.version, 1);
      const next = structuredClone({ ...sample, version: 7 });
      assert.equal(await clients.replace(next, 1), 'replaced');
      scramble(next);
      assert.deepStrictEqual(await clients.find('main', 'one'), { ...sample, version: 2 });
    },
  ),
);

export const clientReplaceCases: readonly StoreCase[] = [
  ...sampleCases,
  connectionCase('clients.replace', 'a change is seen over every connection at once', async (here, there) => {
    await register(here.clients, client(HERE));
    assert.deepStrictEqual(await there.clients.find('main', 'one'), client(HERE));
    await here.clients.replace(changed, 1);
    assert.deepStrictEqual(await there.clients.find('main', 'one'), changed);
    assert.deepStrictEqual(await there.clients.list('main', { limit: 5 }), { items: [changed] });
    assert.equal(await there.clients.replace(changed, 1), 'stale');
  }),
  storeCase(
    'clients.replace.stale',
    'a change is stale when the client has changed since, and changes nothing',
    async ({ clients }) => {
      await register(clients, client(HERE));
      assert.equal(await clients.replace(changed, 1), 'replaced');
      for (const version of [0, 1, 3, -1]) {
        const late = { ...client(HERE, 'late'), version };
        assert.deepStrictEqual([version, await clients.replace(late, version)], [version, 'stale']);
      }
      assert.deepStrictEqual(await clients.find('main', 'one'), changed);
      assert.equal(await clients.replace(client(HERE, 'third'), 2), 'replaced');
      assert.equal((await clients.find('main', 'one'))?.version, 3);
    },
  ),
  storeCase('clients.replace.missing', 'an unknown client is not replaced', async ({ clients }) => {
    await register(clients, client(HERE));
    for (const version of [0, 1]) assert.equal(await clients.replace(clientWith('two'), version), 'missing');
    assert.deepStrictEqual(await clients.list('main', { limit: 5 }), { items: [client(HERE)] });
  }),
  storeCase(
    'clients.replace.one-alone',
    'replacing one client leaves the others alone, in its realm and in others',
    async ({ clients }) => {
      const other = { ...HERE, realm: 'other' };
      await register(clients, client(HERE), clientWith('two'), client(other));
      assert.equal(await clients.replace({ ...changed, realm: 'third' }, 1), 'missing');
      assert.equal(await clients.replace({ ...changed, realm: 'other' }, 1), 'replaced');
      assert.deepStrictEqual(await clients.find('main', 'one'), client(HERE));
      assert.deepStrictEqual(await clients.find('main', 'two'), clientWith('two'));
      assert.deepStrictEqual(await clients.find('other', 'one'), { ...changed, realm: 'other' });
    },
  ),
];
