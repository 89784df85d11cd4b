import type { DpopPolicy } from '@vestibule/core/realm';
import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { basic } from './apis.ts';
import { clientWithKey, realmWithDpop } from './proofs.ts';
import { ISSUER } from './set-up.ts';

const TOKEN = `${ISSUER}/connect/token`;

test(
  cite('introspection tells an API the key that a token is bound to', 'rfc9449:6.2:introspection'),
  async () => {
    const { obtainCode, exchange, key, server } = await clientWithKey();
    const { body: tokens } = await exchange(await obtainCode(), key);
    const request = new Request(`${ISSUER}/connect/introspect`, {
      method: 'POST',
      body: new URLSearchParams({ token: tokens.access_token }),
      headers: { authorization: basic('notes', 'secret-of-notes') },
    });
    expect(await (await server.introspect(request, { ip: '' })).json()).toMatchObject({
      active: true,
      token_type: 'DPoP',
      cnf: { jkt: key.thumbprint },
    });
  },
);

test.each<[DpopPolicy, DpopPolicy, boolean]>([
  ['off', 'off', false],
  ['off', 'offered', true],
  ['required', 'off', true],
])(
  cite('is advertised in the metadata if APIs have it %s and %s: %s', 'rfc9449:5.1:advertised'),
  async (rest, notes, expected) => {
    const { server, change } = await clientWithKey();
    await change(await realmWithDpop(rest, notes));
    const metadata = await (await server.metadata(new Request(ISSUER), { ip: '' })).json();
    expect('dpop_signing_alg_values_supported' in metadata).toBe(expected);
  },
);

test('agents that run in a page may send proofs and read nonces', async () => {
  const { server } = await clientWithKey();
  const preflight = await server.token(new Request(TOKEN, { method: 'OPTIONS' }), { ip: '' });
  expect(preflight.headers.get('access-control-allow-headers')).toContain('dpop');
  expect(preflight.headers.get('access-control-expose-headers')).toContain('dpop-nonce');
});
