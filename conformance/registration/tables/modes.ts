import { registrationOf } from '@vestibule/core';
import { cite } from '@vestibule/requirements';
import { ACTOR } from '@vestibule/testing/operator';
import { describe, expect, test } from 'vitest';
import { BODY, NOW, openPlace, OPERATOR, type Place, REGISTER } from '../support/place.ts';
import type { Table } from './table.ts';

type Mode = 'closed' | 'anonymous' | 'initial-access-token' | 'both';

/** A request's token, and the result in modes in which tokens count. */
interface Came {
  readonly state: string;
  readonly means: 'good' | 'none' | 'bad';
  /** The reason in its event. */
  readonly reason?: string;
  prepare(
    place: Place,
  ): Promise<{ readonly query?: string; readonly headers?: Record<string, string>; readonly body?: object }>;
}

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

const STATES: readonly Came[] = [
  { state: 'none', means: 'none', reason: 'missing', prepare: async () => ({}) },
  { state: 'a good one', means: 'good', prepare: async ({ issue }) => bearer((await issue()).token) },
  {
    state: 'a good one, in another spelling of Bearer',
    means: 'good',
    prepare: async ({ issue }) => ({ headers: { authorization: `bEARER  ${(await issue()).token}` } }),
  },
  {
    state: 'one that nobody has',
    means: 'bad',
    reason: 'unknown',
    prepare: async () => bearer('vit_nobody'),
  },
  {
    state: 'one that has expired',
    means: 'bad',
    reason: 'expired',
    prepare: async ({ issue }) => bearer((await issue({ expiresAt: NOW })).token),
  },
  {
    state: 'one that is spent',
    means: 'bad',
    reason: 'spent',
    async prepare({ issue, id, initialAccessTokens }) {
      const { token, record } = await issue();
      await initialAccessTokens.use(id, record.hash, NOW);
      return bearer(token);
    },
  },
  {
    state: 'one that was revoked',
    means: 'bad',
    reason: 'revoked',
    async prepare({ issue, id, operator }) {
      const { token, record } = await issue();
      await operator.tokens.revoke(ACTOR, id, record.id);
      return bearer(token);
    },
  },
  {
    state: 'one of another realm',
    means: 'bad',
    reason: 'unknown',
    prepare: async ({ operator }) =>
      bearer((await operator.tokens.issue(ACTOR, 'elsewhere', { expiresAt: NOW + 1, maxUses: 1 })).token),
  },
  {
    state: 'the operator’s',
    means: 'bad',
    reason: 'unknown',
    prepare: async () => bearer(OPERATOR),
  },
  {
    state: 'a good one, but its hash',
    means: 'bad',
    reason: 'unknown',
    prepare: async ({ issue }) => bearer((await issue()).record.hash),
  },
  {
    state: 'a good one, by Basic',
    means: 'bad',
    reason: 'unknown',
    prepare: async ({ issue }) => ({
      headers: { authorization: `Basic ${btoa(`x:${(await issue()).token}`)}` },
    }),
  },
  {
    state: 'two good ones',
    means: 'bad',
    reason: 'unknown',
    async prepare({ issue }) {
      const [one, two] = [await issue(), await issue()];
      return { headers: { authorization: `Bearer ${one.token}, Bearer ${two.token}` } };
    },
  },
  {
    state: 'a good one, in the query',
    means: 'none',
    reason: 'missing',
    prepare: async ({ issue }) => ({ query: `?access_token=${(await issue()).token}` }),
  },
  {
    state: 'a good one, in the body',
    means: 'none',
    reason: 'missing',
    async prepare({ issue }) {
      const { token } = await issue();
      return { body: { access_token: token, initial_access_token: token } };
    },
  },
];

const STATUS: Readonly<Record<Mode, Readonly<Record<Came['means'], number>>>> = {
  closed: { none: 404, good: 404, bad: 404 },
  anonymous: { none: 201, good: 201, bad: 201 },
  'initial-access-token': { none: 401, good: 201, bad: 401 },
  both: { none: 201, good: 201, bad: 401 },
};

const MODES: readonly Mode[] = ['closed', 'anonymous', 'initial-access-token', 'both'];

const title = cite(
  'the mode',
  'vestibule:mode:anonymous',
  'vestibule:mode:token-only',
  'vestibule:mode:both',
  'vestibule:mode:both-bad-token',
  'vestibule:initial-access-tokens:none',
  'vestibule:initial-access-tokens:expiry',
  'vestibule:initial-access-tokens:revoked',
  'vestibule:initial-access-tokens:of-its-realm',
  'vestibule:initial-access-tokens:header-only',
  'vestibule:initial-access-tokens:nothing-stored',
  'vestibule:gates:silent-door',
  'rfc7591:3:protected-registration',
  'rfc7591:3.1:bearer',
  'rfc7591:3.2.2:bad-token',
);

export const modes: Table = (venue) => {
  describe.each(MODES)(`${title}: %s`, (mode) => {
    test.each(STATES)(
      'responds as the mode says to a token that is: $state',
      async ({ means, reason, prepare }) => {
        const place = await openPlace(venue(), mode === 'closed' ? { open: false, mode: 'both' } : { mode });
        const { query = '', headers = {}, body } = await prepare(place);
        const answer = await place.ask(`${REGISTER}${query}`, { headers, body: { ...BODY, ...body } });
        const status = STATUS[mode][means];
        expect(answer.status).toBe(status);
        const told = (await place.events()).filter(({ type }) => type.startsWith('registration.'));
        const clients = await place.clients();
        if (status === 201) {
          expect(clients.map(({ id }) => id)).toEqual([answer.body.client_id]);
          const { initialAccessTokenId } = clients.map(registrationOf)[0] ?? {};
          expect(initialAccessTokenId === undefined).toBe(mode === 'anonymous' || means !== 'good');
          expect(told).toMatchObject([{ type: 'registration.accepted' }]);
          return;
        }
        expect(clients).toEqual([]);
        if (status === 404) return expect(told).toEqual([]);
        expect(answer.headers.get('www-authenticate')).toMatch(
          means === 'none'
            ? /^Bearer realm="registration"$/
            : /^Bearer realm="registration", error="invalid_token", error_description="[^"\\]+"$/,
        );
        expect(answer.body).toEqual({ error: 'invalid_token', error_description: expect.any(String) });
        expect(told).toMatchObject([{ type: 'registration.unauthorized', reason }]);
      },
    );
  });

  test(cite('a change of the mode works with the next request', 'vestibule:mode:at-once'), async () => {
    const { change, register } = await openPlace(venue());
    expect((await register(BODY)).status).toBe(201);
    await change({ mode: 'initial-access-token' });
    expect((await register(BODY)).status).toBe(401);
    await change({ open: false });
    expect((await register(BODY)).status).toBe(404);
    await change({ mode: 'both' });
    expect((await register(BODY)).status).toBe(201);
  });

  test.each(MODES)(
    cite('the metadata name the endpoint while registration is open: %s', 'vestibule:mode:advertised'),
    async (mode) => {
      const { ask, issuer } = await openPlace(
        venue(),
        mode === 'closed' ? { open: false, mode: 'both' } : { mode },
      );
      const { status, body } = await ask('/.well-known/oauth-authorization-server', { method: 'GET' });
      expect(status).toBe(200);
      expect(body.registration_endpoint).toBe(mode === 'closed' ? undefined : `${issuer}${REGISTER}`);
    },
  );

  test(
    cite(
      'as many concurrent registrations that present one token succeed as uses are left',
      'vestibule:initial-access-tokens:uses-at-once',
      'vestibule:initial-access-tokens:uses',
    ),
    async () => {
      const place = await openPlace(venue(), { mode: 'initial-access-token', coalesce: false });
      const { token, record } = await place.issue({ maxUses: 4 });
      const answers = await Promise.all(Array.from({ length: 12 }, () => place.register(BODY, { token })));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(8);
      expect(await place.clients()).toHaveLength(4);
      expect(await place.initialAccessTokens.findByHash(place.id, record.hash)).toMatchObject({ uses: 4 });
    },
  );

  test(
    cite(
      'a token’s bounds are kept with its client, over an update too',
      'vestibule:initial-access-tokens:update',
      'vestibule:initial-access-tokens:traced',
      'vestibule:initial-access-tokens:refusal-is-free',
    ),
    async () => {
      const place = await openPlace(venue(), { mode: 'initial-access-token', management: { enabled: true } });
      const terms = {
        redirectHosts: ['app.example'],
        scopes: ['notes:read'],
        resources: ['https://notes.example/mcp'],
      };
      const { token, record } = await place.issue(terms);
      const elsewhere = { ...BODY, redirect_uris: ['https://other.example/cb'] };
      expect((await place.register(elsewhere, { token })).status).toBe(400);
      const { client_id, registration_client_uri, registration_access_token } = await place.registered(BODY, {
        token,
      });
      const put = (body: object) =>
        place.ask(registration_client_uri, {
          method: 'PUT',
          token: registration_access_token,
          body: { client_id, ...body },
        });
      expect(await put(elsewhere)).toMatchObject({
        status: 400,
        body: { error_description: expect.stringContaining('[redirect-uris.accepted-host]') },
      });
      expect(await put({ ...BODY, scope: 'notes:write notes:read' })).toMatchObject({
        status: 200,
        body: { scope: 'notes:read' },
      });
      expect(await place.stored(client_id)).toMatchObject({
        registration: { bounds: terms, initialAccessTokenId: record.id },
      });
      expect(await place.events()).toContainEqual(
        expect.objectContaining({ type: 'registration.accepted', initialAccessTokenId: record.id }),
      );
    },
  );
};
