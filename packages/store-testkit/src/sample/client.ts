import type { StoredClient } from '@vestibule/core';
import { times } from '../check/times.ts';
import { call } from '../race/call.ts';
import type { Shelf } from '../shelf/shelf.ts';
import { HERE, type Place } from './place.ts';
import { LONG, NUL, UNICODE } from './text.ts';
import { NOW } from './time.ts';

const client = ({ realm, key }: Place, name = 'Notes'): StoredClient => ({
  realm,
  id: key,
  name,
  redirectUris: ['https://notes.example/callback'],
  grantTypes: ['authorization_code'],
  applicationType: 'web',
  issuedAt: NOW,
});

const full: StoredClient = {
  ...client(HERE),
  redirectUris: [
    'https://z.example/cb?b=2&a=1',
    'http://127.0.0.1/cb',
    'cursor://a.b/c',
    'https://a.example/',
  ],
  grantTypes: ['refresh_token', 'authorization_code'],
  applicationType: 'native',
  scope: ['write', 'read'],
  clientUri: 'https://notes.example',
  logoUri: 'https://notes.example/logo.png',
  tosUri: 'https://notes.example/terms',
  policyUri: 'https://notes.example/privacy',
  softwareId: '4NRB1-0XZABZI9E6-5SM3R',
  softwareVersion: '2.1',
  contacts: ['ada@notes.example', 'https://notes.example/help'],
  translations: { 'ja-Jpan-JP': { name: 'メモ', tosUri: 'https://notes.example/ja' }, fr: {} },
};

export const clientShelf: Shelf<StoredClient> = {
  noun: 'clients',
  make: client,
  samples: {
    everything: full,
    'the-least': client(HERE),
    'empty-lists': {
      ...client(HERE),
      redirectUris: [],
      grantTypes: [],
      scope: [],
      contacts: [],
      translations: {},
    },
    'empty-text': { ...full, name: '', clientUri: '', logoUri: '', tosUri: '', policyUri: '' },
    unicode: { ...full, name: UNICODE, redirectUris: [UNICODE], scope: [UNICODE], clientUri: UNICODE },
    nul: { ...full, name: NUL },
    'long-text': { ...full, name: LONG, redirectUris: times(50, (n) => `https://${n}.example/${LONG}`) },
    'the-first-moment': { ...full, issuedAt: 0 },
  },
  insert: (record) => call('clients', 'insert', record),
  answers: ['inserted', 'exists'],
  find: (stores, { realm, key }) => stores.clients.find(realm, key),
};
