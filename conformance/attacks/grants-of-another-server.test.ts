/**
 * Grants of another authorization server: an API names the attacker's server, which issues its own codes and tokens to a
 * client, or passes on those that it received. Codes, refresh tokens, access tokens and software statements of another
 * issuer are refused.
 *
 * @see {@link https://www.cve.org/CVERecord?id=CVE-2026-115563 CVE-2026-115563}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.4 RFC 9700 §4.4}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.8 RFC 8725 §3.8}
 *
 * Taken out: packages/resource-server/src/token/verify-jwt.ts: `requiredClaims: [` → `issuer: undefined, requiredClaims: [`
 * Then fails: refuses access tokens of another issuer, even one with the same keys
 * Taken out: packages/assertions/src/software-statements/statement-claims.ts: `return aud === undefined || isFor(aud, audience)` → `return aud !== null`
 * Then fails: refuses software statements for another server
 */
import { createResourceServer } from '@vestibule/resource-server';
import { describe, expect, test } from 'vitest';
import { register, token } from '@vestibule/testing/oauth';
import { VERIFIER } from '@vestibule/testing/pkce';
import { attackedApp } from './support/attacked.ts';
import { newClient } from './support/client.ts';
import { newKey, type OwnKey, partsOf } from './support/jwt.ts';
import { statementOf, TRUSTING_SEED } from './support/takers.ts';

const app = attackedApp(TRUSTING_SEED);
/** The attacker's server, which works like this one. */
const evil = attackedApp();

/** Whether the API admits a token: it then asks for a message. A token of an unknown key may be of a newer one: 503. */
async function isLetIn(accessToken: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${accessToken}` };
  const { status } = await fetch(app().notes, { method: 'POST', headers });
  expect([401, 204, 503]).toContain(status);
  return status === 204;
}

describe('refuses codes and refresh tokens of another server', () => {
  test.each<[string, Record<string, string>]>([
    ['unchanged', {}],
    ['sent with the other issuer as a parameter', { iss: 'https://evil.example' }],
    ['sent with this issuer as a parameter', { iss: 'ours' }],
  ])('%s', async (_, beside) => {
    const [here, there] = [await newClient(app()), await newClient(evil())];
    const fields = beside['iss'] === 'ours' ? { iss: app().issuer } : beside;
    const code = (await there.code()).searchParams.get('code') ?? '';
    const exchanged = await token(app(), {
      ...fields,
      grant_type: 'authorization_code',
      client_id: here.id,
      code,
      redirect_uri: here.callback,
      code_verifier: VERIFIER,
      resource: app().notes.href,
    });
    expect([exchanged.status, exchanged.body.error]).toEqual([400, 'invalid_grant']);
    const { refresh_token: refresh } = await there.tokens();
    expect((await here.refresh(refresh, fields)).body.error).toBe('invalid_grant');
  });
});

describe('refuses access tokens of another issuer, even one with the same keys', () => {
  test('for its own API and for this one', async () => {
    const there = await newClient(evil());
    const { access_token: foreign } = await there.tokens();
    expect(await isLetIn((await (await newClient(app())).tokens()).access_token)).toBe(true);
    expect(await isLetIn(foreign)).toBe(false);
    const key = await newKey();
    for (const claims of [{ aud: app().notes.href }, { aud: app().notes.href, iss: app().issuer }]) {
      expect(await isLetIn(await key.sign(foreign, {}, claims))).toBe(false);
    }
  });

  /** An API of this issuer, whose keys another issuer also has: many tenants of one provider share them. */
  async function withSharedKeys(key: OwnKey) {
    const { access_token: real } = await (await newClient(app())).tokens();
    const { kid = '' } = partsOf(real).header;
    const jwks = { keys: [{ ...key.publicJwk, kid, alg: 'ES256' }] };
    const server = createResourceServer({
      issuer: app().issuer,
      resource: app().notes.href,
      fetch: async () => Response.json(jwks),
    });
    return async (claims: object): Promise<boolean> => {
      const authorization = `Bearer ${await key.sign(real, {}, claims)}`;
      return (await server.admit(new Request(app().notes, { headers: { authorization } }))).ok;
    };
  }

  test('refuses a token of another issuer that is signed with a key of this one', async () => {
    const lets = await withSharedKeys(await newKey());
    expect(await lets({})).toBe(true);
    const { issuer } = app();
    const issuers = [
      'https://evil.example',
      `${issuer}/`,
      `${issuer}/realms/other`,
      issuer.toUpperCase(),
      [issuer, 'https://evil.example'],
      '',
      undefined,
    ];
    for (const iss of issuers) expect([iss, await lets({ iss })]).toEqual([iss, false]);
  });
});

describe('refuses software statements for another server', () => {
  test.each<[string, unknown]>([
    ['its issuer', 'https://evil.example'],
    ['a list of others', ['https://evil.example', 'https://other.example']],
    ['a host that begins with ours', 'http://localhost.evil.example'],
    ['an empty list', []],
  ])('%s', async (_, aud) => {
    const { status } = await register(app(), { software_statement: await statementOf({ aud }) });
    expect(status).toBe(400);
  });

  test('accepts a software statement for this server, or without an audience', async () => {
    for (const claims of [{ aud: app().issuer }, {}]) {
      const { status } = await register(app(), { software_statement: await statementOf(claims) });
      expect(status).toBe(201);
    }
  });
});
