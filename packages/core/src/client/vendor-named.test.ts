import { expect, test } from 'vitest';
import { documentClient, dynamicClient, preregisteredClient } from '../../test/support/clients.ts';
import { realmWith } from '../../test/support/realm.ts';
import type { Vendor } from '../brand/vendor.ts';
import type { Client } from './client.ts';
import { vendorNamed } from './vendor-named.ts';

const directory: readonly Vendor[] = [{ name: 'Acme Mail', hosts: ['acme.example'] }];
const realm = realmWith({ vendors: [{ name: 'Boltwright', hosts: ['bolt.example'] }] });

test.each<[string, Client, string | undefined]>([
  ['a vendor of the directory', dynamicClient({ name: 'Acme Mail' }), 'Acme Mail'],
  ['a vendor of the realm', dynamicClient({ name: 'Boltwright CLI' }), 'Boltwright'],
  [
    'a vendor whose name it has in another language',
    dynamicClient({ translations: { fr: { name: 'Acme Mail' } } }),
    'Acme Mail',
  ],
  ['a vendor, though its metadata is a document', documentClient({ name: 'Acme Mail' }), 'Acme Mail'],
  ['no vendor', dynamicClient({ name: 'Fern Watering' }), undefined],
  ['no one, if an operator named it', preregisteredClient({ name: 'Acme Mail' }), undefined],
])('a client uses the name of %s', (_, client, vendor) => {
  expect(vendorNamed(client, realm, directory)).toBe(vendor);
});
