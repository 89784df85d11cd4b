import type { Client } from '@vestibule/core';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { BODY, openPlace, type Registration } from '../support/place.ts';
import type { Table } from './table.ts';

type Candidate = NonNullable<Registration['candidate']>;

const SCHEME_ONLY = { ...BODY, redirect_uris: ['gull://cb'] };

type Row = [title: string, candidate: Candidate, body: object, rule: string];

const ROWS: readonly Row[] = [
  ['of schemes', { privateUseSchemes: false }, SCHEME_ONLY, 'redirect-uris.private-use'],
  ['of names', { reservedNames: ['Garden'] }, BODY, 'client-name.reserved'],
  [
    'of names of vendors',
    { vendors: [{ name: 'Garden app', hosts: ['notes.example'] }] },
    BODY,
    'client-name.vendor',
  ],
  ['of hosts', { allowedRedirectHosts: ['other.example'] }, BODY, 'redirect-uris.accepted-host'],
  ['of some hosts', { refusedRedirectHosts: ['*.example'] }, BODY, 'redirect-uris.accepted-host'],
];

/** What is returned and stored of a client, except what is unique to it. */
const common = ({ client_id: _own, ...answer }: Readonly<Record<string, unknown>>): object => answer;
function kept(client: Client | undefined): object {
  if (client?.kind !== 'dynamic') throw new Error('There is no such dynamic client.');
  const { id: _id, realm: _realm, registration, ...others } = client;
  const { fingerprint: _fingerprint, ...rest } = registration;
  return { ...others, registration: rest };
}

export const candidates: Table = (venue) => {
  describe('one that is stricter', () => {
    test.each(ROWS)(
      cite(
        '%s changes nothing, and what it would have refused is kept',
        'vestibule:policy:candidate-changes-nothing',
        'vestibule:policy:candidate-recorded',
      ),
      async (_, candidate, body, rule) => {
        const [without, withIt] = [await openPlace(venue()), await openPlace(venue(), { candidate })];
        const [expected, answer] = [await without.registered(body), await withIt.registered(body)];
        expect(common(answer)).toEqual(common(expected));
        expect(kept(await withIt.stored(answer.client_id))).toEqual(
          kept(await without.stored(expected.client_id)),
        );
        const events = await withIt.events();
        expect(events).toHaveLength(2);
        expect(events).toContainEqual(expect.objectContaining({ type: 'registration.accepted' }));
        expect(events).toContainEqual({
          type: 'registration.would-refuse',
          realm: withIt.id,
          at: expect.any(Number),
          ip: '192.0.2.1',
          clientId: answer.client_id,
          rule,
          description: expect.stringContaining(`[${rule}]`),
        });
      },
    );
  });

  test.each<[string, Candidate, object]>([
    ['both accept', { privateUseSchemes: false }, BODY],
    ['both refuse', { privateUseSchemes: false }, {}],
    [
      'it only narrows',
      { privateUseSchemes: false },
      { ...BODY, redirect_uris: [...BODY.redirect_uris, 'gull://cb'] },
    ],
  ])(cite('nothing is kept of what %s', 'vestibule:policy:candidate-silent'), async (_, candidate, body) => {
    const place = await openPlace(venue(), { candidate });
    await place.register(body);
    expect(await place.counts()).not.toHaveProperty('registration.would-refuse');
  });

  test(cite('the same registration again is kept once', 'vestibule:policy:candidate-recorded'), async () => {
    const place = await openPlace(venue(), { candidate: { reservedNames: ['Garden'] } });
    for (let time = 0; time < 3; time += 1) await place.registered();
    expect(await place.counts()).toEqual({
      'registration.accepted': 1,
      'registration.would-refuse': 1,
      'registration.coalesced': 2,
    });
  });

  test(
    cite('what would be refused of an update is kept', 'vestibule:policy:candidate-recorded'),
    async () => {
      const settings = { management: { enabled: true } };
      const place = await openPlace(venue(), settings);
      const {
        client_id,
        registration_client_uri,
        registration_access_token: token,
      } = await place.registered();
      await place.change({ ...settings, candidate: { reservedNames: ['Garden'] } });
      const body = { ...BODY, client_id };
      const answer = await place.ask(registration_client_uri, { method: 'PUT', token, body });
      expect(answer.status).toBe(200);
      expect(await place.events()).toContainEqual(
        expect.objectContaining({
          type: 'registration.would-refuse',
          clientId: client_id,
          rule: 'client-name.reserved',
        }),
      );
    },
  );
};
