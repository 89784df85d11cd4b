import { createHash } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { attachedWhereApisAsk, USERINFO } from './apis.ts';
import { ISSUER, NOW } from './set-up.ts';

describe('an ID token', () => {
  test(
    cite(
      'tells only the client who signed in, when and how',
      'oidc-core:2:claims',
      'oidc-core:2:aud',
      'oidc-core:2:nonce',
      'oidc-core:2:auth-time',
      'oidc-core:2:amr',
      'oidc-core:2:signed',
      'oidc-core:3.1.3.3:id-token',
      'oidc-core:3.1.3.6:at-hash',
    ),
    async () => {
      const world = await attachedWhereApisAsk({ scope: 'openid read', nonce: 'n-1' });
      const { tokens, clientId, server } = world;
      const jwks = await (await server.jwks(new Request(`${ISSUER}/connect/jwks`), { ip: '' })).json();
      const { payload, protectedHeader } = await jwtVerify(tokens.id_token, createLocalJWKSet(jwks), {
        currentDate: new Date(NOW),
      });
      expect(protectedHeader).toEqual({ alg: 'ES256', kid: jwks.keys[0].kid });
      const half = createHash('sha256').update(tokens.access_token).digest().subarray(0, 16);
      expect(payload).toEqual({
        iss: ISSUER,
        sub: 'person-ada',
        aud: clientId,
        iat: NOW / 1000,
        exp: NOW / 1000 + 300,
        auth_time: NOW / 1000,
        amr: ['pwd'],
        nonce: 'n-1',
        at_hash: half.toString('base64url'),
      });
    },
  );

  test(cite('comes only where openid was granted', 'oidc-core:3.1.2.1:openid'), async () => {
    const { tokens } = await attachedWhereApisAsk({ scope: 'read profile' });
    expect(tokens).not.toHaveProperty('id_token');
  });

  test('holds what the scopes let the client know', async () => {
    const { tokens } = await attachedWhereApisAsk({ scope: 'openid profile email' });
    expect(decodeJwt(tokens.id_token)).toMatchObject({
      name: 'Ada',
      preferred_username: 'ada',
      email: 'ada@people.example',
      email_verified: true,
    });
  });

  test(
    cite(
      'contains after a refresh when the person signed in, not when it was refreshed',
      'oidc-core:12.2:refresh',
    ),
    async () => {
      const { tokens, refresh, clientId, pass } = await attachedWhereApisAsk({
        scope: 'openid read',
        nonce: 'n-1',
      });
      pass(600);
      const { body } = await refresh(clientId, tokens.refresh_token);
      const { auth_time, iat, nonce } = decodeJwt(body.id_token);
      expect({ auth_time, iat, nonce }).toEqual({
        auth_time: NOW / 1000,
        iat: NOW / 1000 + 600,
        nonce: undefined,
      });
    },
  );

  test(cite('is no access token', 'rfc9068:5:id-tokens'), async () => {
    const { tokens, introspect, userinfo } = await attachedWhereApisAsk({
      scope: 'openid',
      resource: USERINFO,
    });
    expect((await introspect(tokens.id_token)).body).toEqual({ active: false });
    expect((await userinfo(tokens.id_token)).status).toBe(401);
  });
});

describe('userinfo', () => {
  test.each(['GET', 'POST'])(
    cite(
      'tells by %s what the scopes allow',
      'oidc-core:5.3.1:methods',
      'oidc-core:5.3.2:sub',
      'oidc-core:5.3.2:json',
      'oidc-core:5.4:profile',
      'oidc-core:5.4:email',
    ),
    async (method) => {
      const { tokens, userinfo } = await attachedWhereApisAsk({
        scope: 'openid profile email',
        resource: USERINFO,
      });
      const { status, body, headers } = await userinfo(tokens.access_token, method);
      expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(body).toEqual({
        sub: 'person-ada',
        name: 'Ada',
        preferred_username: 'ada',
        email: 'ada@people.example',
        email_verified: true,
      });
    },
  );

  test(cite('tells the subject alone where no more was granted', 'oidc-core:5.4:nothing-more'), async () => {
    const { tokens, userinfo } = await attachedWhereApisAsk({ scope: 'openid', resource: USERINFO });
    expect((await userinfo(tokens.access_token)).body).toEqual({ sub: 'person-ada' });
  });

  test(cite('requires a token for it, and tells where to get one', 'oidc-core:5.3.3:errors'), async () => {
    const { tokens, userinfo } = await attachedWhereApisAsk({ scope: 'openid profile' });
    const { status, headers } = await userinfo(tokens.access_token);
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(headers.get('www-authenticate')).toContain(USERINFO);
  });

  test('has no error for a request without a token', async () => {
    const { userinfo } = await attachedWhereApisAsk();
    const { status, headers } = await userinfo(undefined);
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="userinfo"']);
  });

  test(cite('asks for openid', 'oidc-core:5.3.3:openid'), async () => {
    const { tokens, userinfo } = await attachedWhereApisAsk({ scope: 'profile', resource: USERINFO });
    const { status, headers } = await userinfo(tokens.access_token);
    expect(status).toBe(403);
    expect(headers.get('www-authenticate')).toContain('error="insufficient_scope"');
  });

  test(cite('tells nothing with a token that was revoked', 'oidc-core:5.3.3:errors'), async () => {
    const { tokens, userinfo, revoke } = await attachedWhereApisAsk({ scope: 'openid', resource: USERINFO });
    await revoke(tokens.access_token);
    expect((await userinfo(tokens.access_token)).status).toBe(401);
  });
});
