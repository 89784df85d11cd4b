import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { attachedWhereApisAsk, basic } from './apis.ts';
import { NOW } from './set-up.ts';

const DONE = { status: 200, text: '' };

describe('a client that revokes its refresh token', () => {
  test(
    cite(
      'ends its grant, with everything that was issued from it',
      'rfc7009:2.1:refresh-token',
      'rfc7009:2.1:at-once',
      'rfc7009:2.2:ok',
      'rfc7662:2.2:revoked',
      'rfc9700:4.14.2:revocation',
    ),
    async () => {
      const { revoke, refresh, introspect, tokens, clientId, audit } = await attachedWhereApisAsk();
      const { body: next } = await refresh(clientId, tokens.refresh_token);
      expect(await revoke(next.refresh_token, { token_type_hint: 'refresh_token' })).toEqual(DONE);
      expect(await refresh(clientId, next.refresh_token)).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant' },
      });
      for (const { access_token: token } of [tokens, next]) {
        expect((await introspect(token)).body).toEqual({ active: false });
      }
      const ended = audit.events.filter(({ type }) => type === 'grant.ended');
      expect(ended).toEqual([expect.objectContaining({ clientId, reason: 'client-revoked' })]);
    },
  );

  test('ends it with one that was used before, too', async () => {
    const { revoke, refresh, tokens, clientId } = await attachedWhereApisAsk();
    const { body: next } = await refresh(clientId, tokens.refresh_token);
    expect(await revoke(tokens.refresh_token)).toEqual(DONE);
    expect((await refresh(clientId, next.refresh_token)).status).toBe(400);
  });

  test.each(['refresh_token', 'access_token', 'something_else'])(
    cite('need not say rightly what it is: token_type_hint %s', 'rfc7009:2.1:hint'),
    async (hint) => {
      const { revoke, refresh, tokens, clientId } = await attachedWhereApisAsk();
      expect(await revoke(tokens.refresh_token, { token_type_hint: hint })).toEqual(DONE);
      expect((await refresh(clientId, tokens.refresh_token)).status).toBe(400);
    },
  );

  test(cite('may do it twice', 'rfc7009:2.2:unknown'), async () => {
    const { revoke, tokens, audit } = await attachedWhereApisAsk();
    expect([await revoke(tokens.refresh_token), await revoke(tokens.refresh_token)]).toEqual([DONE, DONE]);
    expect(audit.events.filter(({ type }) => type === 'grant.ended')).toHaveLength(1);
  });
});

test(
  cite('an access token is revoked individually, and its grant continues', 'rfc7009:2.1:access-token'),
  async () => {
    const { revoke, refresh, introspect, tokens, clientId, audit } = await attachedWhereApisAsk();
    expect(await revoke(tokens.access_token)).toEqual(DONE);
    expect((await introspect(tokens.access_token)).body).toEqual({ active: false });
    const { status, body } = await refresh(clientId, tokens.refresh_token);
    expect(status).toBe(200);
    expect((await introspect(body.access_token)).body.active).toBe(true);
    expect(audit.events).toContainEqual(expect.objectContaining({ type: 'token.revoked', clientId }));
  },
);

test.each([
  [59, 1],
  [61, 0],
])('an access token that is revoked %i s after it expired is recorded %i times', async (seconds, times) => {
  const { revoke, tokens, audit, pass } = await attachedWhereApisAsk();
  pass(900 + seconds);
  expect(await revoke(tokens.access_token)).toEqual(DONE);
  expect(audit.events.filter(({ type }) => type === 'token.revoked')).toHaveLength(times);
});

test('a repeated revocation, or one after the end of the grant, gets the same response and records nothing', async () => {
  const { revoke, tokens, audit } = await attachedWhereApisAsk();
  const endings = () =>
    audit.events
      .filter(({ type }) => type === 'token.revoked' || type === 'grant.ended')
      .map(({ type }) => type);
  for (let time = 0; time < 3; time += 1) expect(await revoke(tokens.access_token)).toEqual(DONE);
  expect(endings()).toEqual(['token.revoked']);
  for (let time = 0; time < 3; time += 1) expect(await revoke(tokens.refresh_token)).toEqual(DONE);
  for (let time = 0; time < 3; time += 1) expect(await revoke(tokens.access_token)).toEqual(DONE);
  expect(endings()).toEqual(['token.revoked', 'grant.ended']);
});

describe('another client', () => {
  test.each(['refresh_token', 'access_token'])(
    cite('gets the same response, and leaves the %s unchanged', 'rfc7009:2.1:own-tokens'),
    async (kind) => {
      const { revoke, register, refresh, introspect, tokens, clientId } = await attachedWhereApisAsk();
      const stranger = await register();
      expect(await revoke(tokens[kind], { client_id: stranger })).toEqual(DONE);
      expect((await introspect(tokens.access_token)).body.active).toBe(true);
      expect((await refresh(clientId, tokens.refresh_token)).status).toBe(200);
    },
  );

  test(
    cite('gets an error if it is unknown', 'rfc7009:2.1:client-first', 'rfc7009:2.2.1:errors'),
    async () => {
      const { revoke, tokens } = await attachedWhereApisAsk();
      const { status, text } = await revoke(tokens.refresh_token, { client_id: 'nobody' });
      expect(status).toBe(401);
      expect(JSON.parse(text)).toMatchObject({ error: 'invalid_client' });
    },
  );
});

test(cite('an unknown token gets the same response as a known one', 'rfc7009:2.2:unknown'), async () => {
  const { revoke } = await attachedWhereApisAsk();
  expect(await revoke('anything')).toEqual(DONE);
});

test(
  cite('no token at all is an invalid request', 'rfc7009:2.1:token-missing', 'rfc7009:2.2.1:errors'),
  async () => {
    const { revoke } = await attachedWhereApisAsk();
    const { status, text } = await revoke('');
    expect([status, JSON.parse(text)]).toEqual([
      400,
      { error: 'invalid_request', error_description: 'token is missing' },
    ]);
  },
);

describe('the list for APIs that verify tokens by themselves', () => {
  const asNotes = { authorization: basic('notes', 'secret-of-notes') };

  test(cite('names what ended before its time', 'rfc7009:3:list'), async () => {
    const { revoke, revocations, introspect, tokens } = await attachedWhereApisAsk();
    const { jti, grant_id: grantId } = (await introspect(tokens.access_token)).body;
    expect((await revocations(asNotes)).body).toEqual({ token_ids: [], grant_ids: [] });
    await revoke(tokens.access_token);
    expect((await revocations(asNotes)).body).toEqual({ token_ids: [jti], grant_ids: [] });
    await revoke(tokens.refresh_token);
    expect((await revocations(asNotes)).body).toEqual({ token_ids: [jti], grant_ids: [grantId] });
  });

  test('names a revoked token and an ended grant until a minute after the token has expired, and then no more', async () => {
    const { revoke, revocations, tokens, pass } = await attachedWhereApisAsk();
    await revoke(tokens.access_token);
    await revoke(tokens.refresh_token);
    const { body } = await revocations(asNotes);
    pass(900 + 59);
    expect((await revocations(asNotes)).body).toEqual(body);
    pass(2);
    expect((await revocations(asNotes)).body).toEqual({ token_ids: [], grant_ids: [] });
  });

  test(cite('is for APIs alone', 'rfc7009:3:list'), async () => {
    const { revocations } = await attachedWhereApisAsk();
    expect((await revocations()).status).toBe(401);
  });

  test('contains a grant whose code was replayed', async () => {
    const { revocations, stores, clientId } = await attachedWhereApisAsk();
    await stores.grants.endAll('main', clientId, NOW);
    expect((await revocations(asNotes)).body.grant_ids).toHaveLength(1);
  });
});
