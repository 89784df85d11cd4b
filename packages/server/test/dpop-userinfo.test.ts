import type { DpopPolicy } from '@vestibule/core/realm';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { USERINFO } from './apis.ts';
import { clientWithKey, newProofKey, realmWithDpop } from './proofs.ts';
import { ISSUER } from './set-up.ts';

const TOKEN = `${ISSUER}/connect/token`;

describe('userinfo', () => {
  async function holder(policy: DpopPolicy = 'offered') {
    const world = await clientWithKey(policy);
    const code = await world.obtainCode({ scope: 'openid', resource: USERINFO });
    const { body } = await world.exchange(code, world.key);
    return { ...world, accessToken: String(body.access_token) };
  }

  test.each(['DPoP', 'dpop'])(
    cite('takes a bound token by the scheme %s, with a proof', 'rfc9449:7.1:scheme', 'rfc9449:8.2:next'),
    async (scheme) => {
      const { userinfo, accessToken } = await holder();
      const { status, body, headers } = await userinfo(scheme, accessToken, {});
      expect([status, body]).toEqual([200, { sub: 'person-ada' }]);
      expect(headers.get('dpop-nonce')).toMatch(/./);
    },
  );

  test.each([undefined, {}])(
    cite(
      'refuses a bound token as a bearer token, with and without a proof',
      'rfc9449:7.2:no-downgrade',
      'rfc9700:2.2.1:sender-constrained',
    ),
    async (claims) => {
      const { userinfo, accessToken } = await holder();
      const { status, body, headers } = await userinfo('Bearer', accessToken, claims);
      expect([status, body.error]).toEqual([401, 'invalid_token']);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token".*, DPoP algs="ES256 /);
    },
  );

  test.each<[string, Record<string, unknown> | undefined, string]>([
    ['no proof', undefined, 'invalid_dpop_proof'],
    [cite('a proof for another token', 'rfc9449:4.3:ath'), { ath: 'x' }, 'invalid_dpop_proof'],
    ['a proof for no token', { ath: undefined }, 'invalid_dpop_proof'],
    ['a proof for another method', { htm: 'POST' }, 'invalid_dpop_proof'],
    ['a proof for the token endpoint', { htu: TOKEN }, 'invalid_dpop_proof'],
    [cite('a proof without a nonce', 'rfc9449:9:nonce'), { nonce: undefined }, 'use_dpop_nonce'],
  ])(cite('refuses a bound token with %s', 'rfc9449:7.1:invalid-proof'), async (_, claims, error) => {
    const { userinfo, accessToken } = await holder();
    const { status, body, headers } = await userinfo('DPoP', accessToken, claims);
    expect([status, body.error]).toEqual([401, error]);
    expect(headers.get('www-authenticate')).toMatch(new RegExp(`^DPoP .*error="${error}".*algs="ES256 `));
    expect(headers.get('www-authenticate')).not.toContain('Bearer');
  });

  test(
    cite(
      'refuses a bound token with a proof of another key',
      'rfc9449:4.3:key',
      'rfc9700:2.2.1:sender-constrained',
    ),
    async () => {
      const { userinfo, accessToken } = await holder();
      const { body } = await userinfo('DPoP', accessToken, {}, await newProofKey());
      expect(body.error).toBe('invalid_dpop_proof');
    },
  );

  test(cite('refuses a proof that comes again', 'rfc9449:11.1:replay'), async () => {
    const { userinfo, accessToken } = await holder();
    expect((await userinfo('DPoP', accessToken, { jti: 'once' })).status).toBe(200);
    expect((await userinfo('DPoP', accessToken, { jti: 'once' })).body.error).toBe('invalid_dpop_proof');
  });

  test('refuses a bearer token by the scheme DPoP, and by its own once keys are required', async () => {
    const { exchange, obtainCode, userinfo, change } = await clientWithKey();
    const { body } = await exchange(await obtainCode({ scope: 'openid', resource: USERINFO }));
    expect((await userinfo('DPoP', body.access_token, {})).body.error).toBe('invalid_token');
    expect((await userinfo('Bearer', body.access_token)).status).toBe(200);
    await change(await realmWithDpop('required'));
    const { headers } = await userinfo('Bearer', body.access_token);
    expect(headers.get('www-authenticate')).toMatch(/^DPoP .*error="invalid_token"/);
  });
});
