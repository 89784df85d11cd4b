import type { Grant } from '@vestibule/server';
import { call } from '../race/call.ts';
import type { ExpiringShelf } from '../shelf/shelf.ts';
import { HERE, type Place } from './place.ts';
import { LONG, UNICODE } from './text.ts';
import { DAY, NOW } from './time.ts';

export const grant = ({ realm, key }: Place, subject = 'ada'): Grant => ({
  realm,
  id: key,
  clientId: 'notes',
  subject,
  resource: 'https://api.example/mcp',
  scopes: ['write', 'read'],
  createdAt: NOW,
  expiresAt: NOW + 7 * DAY,
});

/** Grants, as a shelf: looked up by a refresh token that carries the name of the grant it opens. */
export const grantShelf: ExpiringShelf<Grant> = {
  noun: 'grants',
  make: grant,
  samples: {
    everything: grant(HERE),
    'empty-lists': { ...grant(HERE), scopes: [] },
    unicode: { ...grant(HERE, UNICODE), scopes: [UNICODE] },
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
