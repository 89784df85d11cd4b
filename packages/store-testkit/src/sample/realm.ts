import { DEFAULT_REALM_SETTINGS, type Realm, type RealmRecord } from '@vestibule/core/realm';
import { call } from '../race/call.ts';
import type { Shelf } from '../shelf/shelf.ts';
import { HERE, type Place } from './place.ts';
import { unusualSettings as settings } from './settings.ts';
import { LONG, UNICODE } from './text.ts';

const api = (
  id: string,
  openToDynamicClients: boolean,
  scopes: readonly string[],
): Realm['apis'][number] => ({
  id,
  name: `API ${id}`,
  resource: `https://${id}.example/mcp`,
  scopes,
  openToDynamicClients,
});

const realm = ({ key }: Place, name = 'Main'): Realm => ({
  id: key,
  name,
  issuer: `https://${key}.example`,
  settings,
  apis: [],
  scopes: [],
});

export const fullRealm: Realm = {
  ...realm(HERE),
  apis: [
    {
      ...api('z', true, ['write', 'read']),
      dpop: 'required',
      pushedRequestsOnly: true,
      allowedGroups: ['agents', '/Acme/Staff'],
      secretHashes: ['hash-of-the-new-secret', 'hash-of-the-old-secret'],
    },
    { ...api('a', false, []), dpop: 'off', secretHashes: [] },
    { ...api('b', false, ['read']), dpop: 'offered' },
    api('c', true, ['read']),
  ],
  scopes: [
    { name: 'write', description: 'Write your notes', openToDynamicClients: false },
    { name: 'read', description: 'Read your notes', openToDynamicClients: true },
  ],
};

export const realmShelf: Shelf<RealmRecord> = {
  noun: 'realms',
  make: realm,
  samples: {
    everything: fullRealm,
    'the-least': { ...realm(HERE), settings: {} },
    'some-settings': { ...realm(HERE), settings: { registration: { open: true }, keys: {} } },
    defaults: { ...realm(HERE), settings: DEFAULT_REALM_SETTINGS },
    unicode: {
      ...fullRealm,
      name: UNICODE,
      scopes: [{ name: 'read', description: UNICODE, openToDynamicClients: true }],
      settings: { ...settings, registration: { ...settings.registration, reservedNames: [UNICODE] } },
    },
    'long-text': { ...fullRealm, name: LONG, apis: [{ ...api('a', true, []), name: LONG }] },
  },
  insert: (record) => call('realms', 'insert', record),
  answers: ['inserted', 'exists'],
  find: async (stores, { key }) => {
    const found = await stores.realms.find(key);
    if (found === undefined) return undefined;
    const { version: _version, ...rest } = found;
    return rest;
  },
};
