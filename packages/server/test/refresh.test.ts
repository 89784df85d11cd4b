import { decodeJwt } from 'jose';
import { sha256 } from '@vestibule/http';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { CLOSED_GATES } from './closed-gates.ts';
import { MAIL, NOTES, NOW, realmWith, setUp } from './set-up.ts';

async function attached() {
  const world = setUp();
  const clientId = await world.register();
  const { body } = await world.exchange(clientId, await world.obtainCode(clientId));
  return { ...world, clientId, tokens: body };
}

describe('refreshing', () => {
  test(
    cite(
      'gives a new token and a new refresh token',
      'oauth2.1:4.3.1:rotation',
      'rfc6749:6:scope-omitted',
      'rfc9700:2.2.2:rotation',
      'mcp:token-theft:rotation',
    ),
    async () => {
      const { refresh, clientId, tokens, pass, audit } = await attached();
      pass(1_000);
      const { status, body } = await refresh(clientId, tokens.refresh_token, { resource: NOTES });
      expect(status).toBe(200);
      expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 900, scope: 'read write' });
      expect(body.access_token).not.toBe(tokens.access_token);
      expect(body.refresh_token).not.toBe(tokens.refresh_token);
      expect(audit.events.at(-1)).toMatchObject({
        type: 'token.issued',
        grantType: 'refresh_token',
        subject: 'person-ada',
      });
    },
  );

  test(
    cite(
      'works for as long as it is used within seven days, and ends after seven without',
      'oauth2.1:4.3.3:unused',
      'rfc9700:4.14.2:expiry',
    ),
    async () => {
      const { refresh, clientId, tokens, pass } = await attached();
      let current = tokens.refresh_token;
      for (let week = 0; week < 3; week += 1) {
        pass(604_799);
        const { status, body } = await refresh(clientId, current);
        expect(status).toBe(200);
        current = body.refresh_token;
      }
      pass(604_800);
      expect((await refresh(clientId, current)).body).toMatchObject({ error: 'invalid_grant' });
    },
  );

  test(
    cite('a retry after a lost response gets the same successor, also days later', 'rfc9700:4.14.2:grace'),
    async () => {
      const { refresh, clientId, tokens, pass } = await attached();
      const first = await refresh(clientId, tokens.refresh_token);
      for (const seconds of [19, 3_600, 4 * 86_400]) {
        pass(seconds);
        const again = await refresh(clientId, tokens.refresh_token);
        expect(again.body.refresh_token).toBe(first.body.refresh_token);
      }
      expect((await refresh(clientId, first.body.refresh_token)).status).toBe(200);
    },
  );

  test(
    cite(
      'a used token is repeated for 20 seconds from the first use of its successor, and not for 21',
      'rfc9700:4.14.2:grace',
    ),
    async () => {
      const { refresh, clientId, tokens, pass } = await attached();
      const second = await refresh(clientId, tokens.refresh_token);
      pass(3_600);
      const third = await refresh(clientId, second.body.refresh_token);
      pass(19);
      const again = await refresh(clientId, tokens.refresh_token);
      expect(again.body.refresh_token).toBe(second.body.refresh_token);
      pass(1);
      expect((await refresh(clientId, tokens.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
      expect((await refresh(clientId, third.body.refresh_token)).body).toMatchObject({
        error: 'invalid_grant',
      });
    },
  );

  test('records a retry as repeated, and a first use as such', async () => {
    const { refresh, clientId, tokens, audit } = await attached();
    await refresh(clientId, tokens.refresh_token);
    expect(audit.events.at(-1)).not.toHaveProperty('repeated');
    await refresh(clientId, tokens.refresh_token);
    expect(audit.events.at(-1)).toMatchObject({ type: 'token.issued', repeated: true });
  });

  test('a token from long ago ends the family, though it is not stored', async () => {
    const { refresh, clientId, tokens, pass, audit } = await attached();
    let newest = tokens.refresh_token;
    for (let round = 0; round < 6; round += 1) {
      newest = (await refresh(clientId, newest)).body.refresh_token;
      pass(60);
    }
    expect((await refresh(clientId, tokens.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
    expect((await refresh(clientId, newest)).body).toMatchObject({ error: 'invalid_grant' });
    expect(audit.events).toContainEqual(
      expect.objectContaining({ type: 'grant.ended', reason: 'refresh-token-replayed' }),
    );
  });

  describe('refresh tokens that were issued without the secret of a family', () => {
    const OLD = 'a-refresh-token-as-they-were-issued-before-1';

    /** A client whose refresh token has the old form. */
    async function attachedBefore() {
      const world = await attached();
      const { grant_id: grantId } = decodeJwt(world.tokens.access_token);
      const opened = await world.stores.grants.find('main', String(grantId));
      if (opened === undefined) throw new Error('There is no grant.');
      const id = 'opened-before';
      const { expiresAt } = opened;
      await world.stores.grants.insert({ ...opened, id });
      const token = { hash: sha256(`refresh:${OLD}`), expiresAt };
      await world.stores.grants.open({ realm: 'main', id, at: NOW, expiresAt, token });
      return world;
    }

    test('go on working, and their family has a secret from the next refresh on', async () => {
      const { refresh, clientId, pass } = await attachedBefore();
      const second = (await refresh(clientId, OLD)).body.refresh_token;
      expect(second).toMatch(/^[\w-]{43}\.[\w-]{43}$/);
      pass(3_600);
      expect((await refresh(clientId, OLD)).body.refresh_token).toBe(second);
      const third = (await refresh(clientId, second)).body.refresh_token;
      expect(third.split('.')[0]).toBe(second.split('.')[0]);
      expect((await refresh(clientId, third)).status).toBe(200);
    });

    test.each([1, 2, 5])('are replays after %i refreshes more', async (rounds) => {
      const { refresh, clientId, pass } = await attachedBefore();
      let newest = (await refresh(clientId, OLD)).body.refresh_token;
      for (let round = 0; round < rounds; round += 1) {
        newest = (await refresh(clientId, newest)).body.refresh_token;
      }
      pass(20);
      expect((await refresh(clientId, OLD)).body).toMatchObject({ error: 'invalid_grant' });
      expect((await refresh(clientId, newest)).body).toMatchObject({ error: 'invalid_grant' });
    });
  });

  test(cite('fifty at once: one successor', 'rfc9700:4.14.2:at-once'), async () => {
    const { refresh, clientId, tokens } = await attached();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => refresh(clientId, tokens.refresh_token)),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(new Set(answers.map(({ body }) => body.refresh_token)).size).toBe(1);
    expect((await refresh(clientId, answers[0]?.body.refresh_token)).status).toBe(200);
  });

  test(
    cite(
      'a replay after the grace ends the whole family',
      'oauth2.1:4.3.1:replay',
      'rfc9700:4.14.2:replay',
      'mcp:token-theft:rotation',
    ),
    async () => {
      const { refresh, clientId, tokens, pass, audit } = await attached();
      const next = await refresh(clientId, tokens.refresh_token);
      const newest = await refresh(clientId, next.body.refresh_token);
      pass(20);
      expect((await refresh(clientId, tokens.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
      for (const { body } of [next, newest]) {
        expect((await refresh(clientId, body.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
      }
      expect(audit.events).toContainEqual(
        expect.objectContaining({ type: 'grant.ended', reason: 'refresh-token-replayed' }),
      );
    },
  );

  test(
    cite(
      'the grace does not fork a family: a token that is repeated leads to the same tokens',
      'rfc9700:4.14.2:grace',
    ),
    async () => {
      const { refresh, clientId, tokens } = await attached();
      const second = await refresh(clientId, tokens.refresh_token);
      const third = await refresh(clientId, second.body.refresh_token);
      const again = await refresh(clientId, tokens.refresh_token);
      expect(again.body.refresh_token).toBe(second.body.refresh_token);
      expect((await refresh(clientId, again.body.refresh_token)).body.refresh_token).toBe(
        third.body.refresh_token,
      );
    },
  );

  test.each([
    [cite('fewer scopes', 'rfc6749:6:scope-stays'), 'read', 'read'],
    [
      cite('more scopes than were granted', 'rfc6749:6:scope-within', 'oauth2.1:4.3.1:scope-and-resource'),
      'read write admin offline_access',
      'read write',
    ],
  ])('are refreshed: %s', async (_, scope, granted) => {
    const { refresh, clientId, tokens } = await attached();
    const { body } = await refresh(clientId, tokens.refresh_token, { scope });
    expect(body).toMatchObject({ scope: granted });
    expect((await refresh(clientId, body.refresh_token)).body).toMatchObject({ scope: 'read write' });
  });

  test.each([
    [cite('scopes that were not granted', 'rfc6749:5.2:invalid-scope'), { scope: 'mail' }, 'invalid_scope'],
    ['what is no scope', { scope: '"' }, 'invalid_scope'],
    [
      cite('another API', 'rfc8707:2.2:refresh', 'oauth2.1:4.3.1:scope-and-resource'),
      { resource: MAIL },
      'invalid_target',
    ],
    ['two APIs', { resource: `${NOTES} ${MAIL}` }, 'invalid_target'],
  ])('are refused without being used up: %s', async (_, fields, error) => {
    const { refresh, clientId, tokens } = await attached();
    expect((await refresh(clientId, tokens.refresh_token, fields)).body).toMatchObject({ error });
    expect((await refresh(clientId, tokens.refresh_token)).status).toBe(200);
  });

  test(
    cite('by another client gets nothing and costs nothing', 'rfc6749:6:client', 'rfc9700:4.14.2:bound'),
    async () => {
      const { refresh, register, clientId, tokens } = await attached();
      expect((await refresh(await register(), tokens.refresh_token)).body).toMatchObject({
        error: 'invalid_grant',
      });
      expect((await refresh(clientId, tokens.refresh_token)).status).toBe(200);
    },
  );

  test.each(CLOSED_GATES)(
    cite('stops at a closed gate, and works again when it opens: %s', 'vestibule:gates:at-refresh'),
    async (gate, toggles, error) => {
      const { refresh, clientId, tokens, change, audit } = await attached();
      await change(realmWith(toggles));
      expect(await refresh(clientId, tokens.refresh_token)).toMatchObject({ status: 400, body: { error } });
      expect(audit.events.at(-1)).toMatchObject({ type: 'token.refused', gate });
      await change(realmWith());
      expect((await refresh(clientId, tokens.refresh_token)).status).toBe(200);
    },
  );

  test('leaves out a scope that was closed since', async () => {
    const { refresh, clientId, tokens, change } = await attached();
    await change(realmWith({ write: false }));
    expect((await refresh(clientId, tokens.refresh_token)).body).toMatchObject({ scope: 'read' });
  });

  test('keeps no token in clear, and tells none to the audit', async () => {
    const { refresh, clientId, tokens, audit } = await attached();
    const { body } = await refresh(clientId, tokens.refresh_token);
    const told = JSON.stringify(audit.events);
    for (const secret of [tokens.refresh_token, body.refresh_token, tokens.access_token, body.access_token]) {
      expect(told).not.toContain(secret);
    }
  });
});
