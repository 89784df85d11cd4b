import type { Vendor } from '@vestibule/core';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { readHonest, readImpostors } from '../../../packages/vendor-directory/test/names/read.ts';
import { openPlace } from '../support/place.ts';
import { statement, STATEMENT_ISSUER } from '@vestibule/testing/statement-issuer';
import type { Table } from './table.ts';

/** How many names of each kind are tried; the directory's own tests run the whole lists. */
const OF_EACH = 2;

function slice<Name>(names: readonly Name[], kindOf: (name: Name) => string): readonly [string, Name[]][] {
  const kinds = Map.groupBy(names, kindOf);
  return Array.from(kinds, ([kind, alike]) => [kind, alike.slice(-OF_EACH)]);
}

const impostors = slice(readImpostors('impostors.tsv'), ({ kind }) => kind);
const honest = slice(readHonest('honest.tsv'), ({ script }) => script);

const REFUSED = {
  status: 400,
  body: {
    error: 'invalid_client_metadata',
    error_description: expect.stringContaining('[client-name.vendor]'),
  },
};

const STRANGER = 'https://stranger.example/cb';
const LOOPBACK = 'http://localhost:8090/cb';

type Row = [title: string, redirect_uris: readonly string[], isAccepted: boolean];

/** The results for a client with the name of a vendor whose hosts are `claude.ai` and others. */
const ROWS: readonly Row[] = [
  [cite('a host of the vendor’s', 'vestibule:brand-protection:proof'), ['https://claude.ai/cb'], true],
  [
    cite('two hosts of the vendor’s', 'vestibule:brand-protection:proof'),
    ['https://claude.ai/cb', 'https://claude.com/cb'],
    true,
  ],
  [cite('a scheme of the vendor’s', 'vestibule:brand-protection:schemes'), ['claude://cb'], true],
  [
    cite('a host of the vendor’s and this computer', 'vestibule:brand-protection:proof'),
    ['https://claude.ai/cb', LOOPBACK],
    true,
  ],
  [
    cite('this computer alone', 'vestibule:brand-protection:loopback'),
    [LOOPBACK, 'http://127.0.0.1/cb', 'http://[::1]/cb'],
    true,
  ],
  [cite('this computer and another host', 'vestibule:brand-protection:refused'), [LOOPBACK, STRANGER], false],
  [
    cite('the vendor and another host', 'vestibule:brand-protection:refused'),
    ['https://claude.ai/cb', STRANGER],
    false,
  ],
  [
    cite('a host that begins like the vendor’s', 'vestibule:brand-protection:refused'),
    ['https://claude.ai.stranger.example/cb'],
    false,
  ],
  [
    cite('the vendor and another scheme', 'vestibule:brand-protection:schemes'),
    ['https://claude.ai/cb', 'gull://cb'],
    false,
  ],
];

const GULL: Vendor = { name: 'Gull Mail', hosts: ['gull.example'] };

export const names: Table = (venue) => {
  const claude = { client_name: 'Claude', redirect_uris: [STRANGER] };

  test.each(impostors)(
    cite(
      'a name like a vendor’s is refused elsewhere: %s',
      'vestibule:brand-protection:refused',
      'vestibule:brand-protection:look-alikes',
    ),
    async (_, alike) => {
      const place = await openPlace(venue());
      for (const { name } of alike) {
        const answer = await place.register({ client_name: name, redirect_uris: [STRANGER] });
        expect([name, answer]).toMatchObject([name, REFUSED]);
      }
      expect(await place.clients()).toEqual([]);
      expect(await place.events()).toEqual(
        alike.map(() =>
          expect.objectContaining({ type: 'registration.refused', rule: 'client-name.vendor' }),
        ),
      );
    },
  );

  test.each(impostors)(
    cite(
      'a name like a vendor’s is kept as it is where it stays on this computer: %s',
      'vestibule:brand-protection:loopback',
    ),
    async (_, alike) => {
      const place = await openPlace(venue());
      for (const { name } of alike) {
        const answer = await place.register({ client_name: name, redirect_uris: [LOOPBACK] });
        expect([name, answer.status]).toEqual([name, 201]);
        expect(await place.stored(answer.body.client_id)).toMatchObject({ name: answer.body.client_name });
      }
    },
  );

  test.each(honest)(
    cite(
      'an honest name is allowed for every client, and kept exactly: %s',
      'vestibule:brand-protection:honest-names',
    ),
    async (_, alike) => {
      const place = await openPlace(venue());
      for (const { name } of alike) {
        const answer = await place.register({ client_name: name, redirect_uris: [STRANGER] });
        expect(answer).toMatchObject({ status: 201, body: { client_name: name } });
        expect(await place.stored(answer.body.client_id)).toMatchObject({ name });
      }
    },
  );

  test.each(ROWS)('a vendor’s name that leads to %s', async (_, redirect_uris, isAccepted) => {
    const place = await openPlace(venue());
    const answer = await place.register({ ...claude, redirect_uris });
    expect(answer).toMatchObject(isAccepted ? { status: 201, body: { redirect_uris } } : REFUSED);
    expect(await place.clients()).toHaveLength(isAccepted ? 1 : 0);
  });

  test(
    cite('is found in whatever language it is given', 'vestibule:brand-protection:languages'),
    async () => {
      const place = await openPlace(venue());
      const body = { ...claude, client_name: 'Garden', 'client_name#ja': 'クロード' };
      expect(await place.register(body)).toMatchObject(REFUSED);
      expect(await place.clients()).toEqual([]);
    },
  );

  test(
    cite('cannot be set by an update either', 'rfc7592:2.2:refused', 'vestibule:brand-protection:refused'),
    async () => {
      const place = await openPlace(venue(), { management: { enabled: true } });
      const {
        client_id,
        registration_client_uri,
        registration_access_token: token,
      } = await place.registered({
        ...claude,
        client_name: 'Garden',
      });
      const body = { ...claude, client_id };
      expect(await place.ask(registration_client_uri, { method: 'PUT', token, body })).toMatchObject(REFUSED);
      expect(await place.stored(client_id)).toMatchObject({ name: 'Garden' });
    },
  );

  test.each([
    ['is asked for from the moment it is there', STRANGER, 400],
    ['may be used where it leads', 'https://gull.example/cb', 201],
  ])(
    cite('the name of a vendor of the realm’s own %s', 'vestibule:brand-protection:own-vendors'),
    async (_, uri, status) => {
      const place = await openPlace(venue(), { coalesce: false });
      const body = { client_name: 'Gull Mail', redirect_uris: [uri] };
      await place.registered(body);
      await place.change({ coalesce: false, vendors: [GULL] });
      expect((await place.register(body)).status).toBe(status);
      expect(await place.register(claude)).toMatchObject(REFUSED);
    },
  );

  describe('a trusted statement issuer', () => {
    const body = { redirect_uris: [STRANGER] };
    const named = { client_name: 'Claude', redirect_uris: [STRANGER] };

    test(cite('is proof, where the realm trusts them', 'vestibule:brand-protection:vouched'), async () => {
      const place = await openPlace(venue(), { softwareStatements: { issuers: [STATEMENT_ISSUER] } });
      const { client_id, client_name } = await place.registered({
        ...body,
        software_statement: await statement(named),
      });
      expect(client_name).toBe('Claude');
      expect(await place.stored(client_id)).toMatchObject({
        registration: { vouchedBy: STATEMENT_ISSUER.issuer },
      });
    });

    test(cite('is absent if the realm has none', 'vestibule:brand-protection:vouched'), async () => {
      const place = await openPlace(venue(), { softwareStatements: { untrusted: 'ignore' } });
      const sent = { ...named, software_statement: await statement(named) };
      expect(await place.register(sent)).toMatchObject(REFUSED);
      expect(await place.clients()).toEqual([]);
    });
  });
};
