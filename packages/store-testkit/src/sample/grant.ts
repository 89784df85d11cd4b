import type { DisplayedClient, Grant } from '@vestibule/server';
import { call } from '../race/call.ts';
import type { ExpiringShelf } from '../shelf/shelf.ts';
import { HERE, type Place } from './place.ts';
import { LONG, UNICODE } from './text.ts';
import { DAY, MINUTE, NOW } from './time.ts';

export const grant = ({ realm, key }: Place, subject = 'ada'): Grant => ({
  realm,
  id: key,
  clientId: 'notes',
  subject,
  resource: 'https://api.example/mcp',
  scopes: ['write', 'read'],
  createdAt: NOW,
  expiresAt: NOW + 7 * DAY,
  authentication: { at: NOW - MINUTE, methods: ['pwd', 'otp'] },
});

const DISPLAYED: DisplayedClient = {
  name: 'Carnet',
  language: 'fr',
  verifiedBy: 'The Guild',
  isPreregistered: true,
  redirectUri: 'http://127.0.0.1:4711/cb',
};

/** Grants as a shelf, found by a refresh token that contains the id of its grant. */
export const grantShelf: ExpiringShelf<Grant> = {
  noun: 'grants',
  make: grant,
  samples: {
    everything: { ...grant(HERE), endsAt: NOW + 30 * DAY, proofKey: 'thumbprint', displayed: DISPLAYED },
    'the-least': grant(HERE),
    'empty-lists': { ...grant(HERE), scopes: [], authentication: { at: 0, methods: [] } },
    'the-first-moment': { ...grant(HERE), createdAt: 0, endsAt: 0 },
    'bound-to-a-key-of-its-client': {
      ...grant(HERE),
      clientMethod: 'private_key_jwt',
      displayed: {
        ...DISPLAYED,
        document: { fingerprint: 'fingerprint', identity: 'identity' },
      },
    },
    unicode: {
      ...grant(HERE, UNICODE),
      scopes: [UNICODE],
      proofKey: UNICODE,
      displayed: { ...DISPLAYED, name: UNICODE },
    },
    'long-text': { ...grant(HERE), resource: `https://a.example/${LONG}`, scopes: [LONG, 'read'] },
  },
  insert: (record) => call('grants', 'insert', record),
  answers: ['inserted', 'exists'],
  find: async ({ grants }, { realm, key }) => {
    const { expiresAt } = grant({ realm, key });
    await grants.open({ realm, id: key, at: NOW, expiresAt, token: { hash: key, expiresAt } });
    return grants.findByRefreshToken(realm, key);
  },
  insertUntil: (place, expiresAt) => call('grants', 'insert', { ...grant(place), expiresAt }),
};
