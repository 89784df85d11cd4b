import type { Realm, RealmSettings } from '@vestibule/core';
import { call } from '../race/call.ts';
import type { Shelf } from '../shelf/shelf.ts';
import { HERE, type Place } from './place.ts';
import { LONG, UNICODE } from './text.ts';

const settings: RealmSettings = {
  registration: {
    open: true,
    unsupportedTypes: 'narrow',
    privateUseSchemes: false,
    allowedRedirectHosts: ['*.notes.example'],
    refusedRedirectHosts: ['old.notes.example'],
    reservedNames: ['Zebra', 'Acme'],
    limits: { perAddressPerHour: 0, perRealmPerDay: 1, authorizationsPerAddressPerHour: 2 },
  },
  lifetimes: { accessToken: 1, refreshToken: 2, refreshGrace: 0, code: 3, transaction: 4, session: 5 },
};

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
  apis: [api('z', true, ['write', 'read']), api('a', false, [])],
  scopes: [
    { name: 'write', description: 'Write your notes', openToDynamicClients: false },
    { name: 'read', description: 'Read your notes', openToDynamicClients: true },
  ],
};

export const realmShelf: Shelf<Realm> = {
  noun: 'realms',
  make: realm,
  samples: {
    everything: fullRealm,
    'the-least': realm(HERE),
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
