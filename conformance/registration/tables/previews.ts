import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { BODY, openPlace, OPERATOR, REGISTER } from '../support/place.ts';
import { statement, STATEMENT_ISSUER } from '@vestibule/testing/statement-issuer';
import type { Table } from './table.ts';

const PREVIEW = `${REGISTER}?preview`;

export const previews: Table = (venue) => {
  test.each<[string, object, object]>([
    ['what would be accepted', BODY, { outcome: 'accepted', metadata: BODY }],
    [
      'what would be refused',
      { ...BODY, redirect_uris: ['http://app.example/'] },
      { outcome: 'refused', error: 'invalid_redirect_uri' },
    ],
    ['nothing much', {}, { outcome: 'refused', error: 'invalid_redirect_uri' }],
  ])(
    cite(
      'an operator gets the result for %s, and nothing is stored',
      'vestibule:policy:preview-http',
      'vestibule:policy:preview',
      'vestibule:policy:trace',
    ),
    async (_, body, expected) => {
      const place = await openPlace(venue(), { limits: { perAddressPerHour: 1 } });
      for (let time = 0; time < 3; time += 1) {
        const answer = await place.ask(PREVIEW, { body, token: OPERATOR });
        expect(answer).toMatchObject({ status: 200, body: expected });
        for (const entry of answer.body.trace) {
          expect(['kept', 'narrowed', 'dropped', 'refused']).toContain(entry.outcome);
          expect(entry.docs).toBe(`${place.issuer}/connect/rules#${entry.rule}`);
          expect(entry.source).toMatch(/^(RFC|OIDC)/);
        }
      }
      expect([await place.clients(), await place.events()]).toEqual([[], []]);
      expect((await place.register(BODY)).status).toBe(201);
    },
  );

  test('a statement is seen to', async () => {
    const place = await openPlace(venue(), { softwareStatements: { issuers: [STATEMENT_ISSUER] } });
    const body = { ...BODY, software_statement: await statement() };
    const answer = await place.ask(PREVIEW, { body, token: OPERATOR });
    expect(answer.body).toMatchObject({ outcome: 'accepted', metadata: { client_name: 'Vouched agent' } });
    expect(answer.body.trace.slice(0, 2)).toMatchObject([
      { rule: 'software-statement.valid', outcome: 'kept' },
      { rule: 'software-statement.claims', outcome: 'dropped', from: ['redirect_uris', 'client_name'] },
    ]);
    expect(await place.clients()).toEqual([]);
  });

  test(
    cite('what a candidate policy would refuse is returned', 'vestibule:policy:preview-http'),
    async () => {
      const place = await openPlace(venue(), { candidate: { reservedNames: ['Garden'] } });
      expect((await place.ask(PREVIEW, { body: BODY, token: OPERATOR })).body).toMatchObject({
        outcome: 'accepted',
        candidate: { error_description: expect.stringContaining('[client-name.reserved]') },
      });
    },
  );

  describe(cite('others get nothing', 'vestibule:policy:preview-operators'), () => {
    test.each<[string, Record<string, string>]>([
      ['without a token', {}],
      ['presenting another token', { authorization: 'Bearer x' }],
      ['presenting the token in another scheme', { authorization: `Basic ${OPERATOR}` }],
      ['presenting more than the token', { authorization: `Bearer ${OPERATOR}x` }],
      ['presenting less than the token', { authorization: `Bearer ${OPERATOR.slice(1)}` }],
    ])('%s', async (_, headers) => {
      const place = await openPlace(venue());
      for (const body of [BODY, '{']) {
        const answer = await place.ask(PREVIEW, { body, headers });
        expect(answer.status).toBe(401);
        expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
        expect(Object.keys(answer.body)).toEqual(['error', 'error_description']);
      }
      expect([await place.clients(), await place.events()]).toEqual([[], []]);
    });
  });

  test('exists for an operator while registration is closed, and not for others', async () => {
    const place = await openPlace(venue(), { open: false });
    expect((await place.ask(PREVIEW, { body: BODY, token: OPERATOR })).status).toBe(200);
    expect((await place.ask(PREVIEW, { body: BODY, token: 'somebody' })).status).toBe(404);
  });
};
