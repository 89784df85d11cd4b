/**
 * Credentials for another authorization server: an API names the attacker's authorization server, a client authenticates
 * there, and the attacker presents those credentials here. Nothing that was made for another server is accepted, and this
 * server never names another.
 *
 * @see {@link https://www.cve.org/CVERecord?id=CVE-2026-104850 CVE-2026-104850}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-7.6 RFC 9728 §7.6}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-11.1 RFC 9449 §11.1}
 *
 * Taken out: packages/server/src/client/authentication/assertion.ts: `if (audience !== issuer)` → `if (false)`
 * Then fails: refuses assertions for the other server
 * Taken out: packages/dpop/src/judge-proof.ts: `target === undefined || target !== canonicalTarget(url)` → `target === undefined`
 * Then fails: refuses proofs for the other server
 * Taken out: packages/server/src/endpoints/metadata-document.ts: `jwks_uri: `${issuer}${PATHS.jwks}`` → `jwks_uri: 'https://evil.example/jwks'`
 * Then fails: advertises only its own URLs
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { newClient } from './support/client.ts';
import { askWithProof, proofOf } from './support/dpop.ts';
import { newKey } from './support/jwt.ts';
import { assertionOf, authenticate, TRUSTING_SEED } from './support/takers.ts';

const apis = (TRUSTING_SEED.apis ?? []).map((api, index) =>
  Object.assign({}, api, index === 0 && { dpop: 'offered' }),
);
const app = attackedApp({ ...TRUSTING_SEED, apis });

/** The attacker's server, which an API named. */
const EVIL = 'https://evil.example';

describe('refuses assertions for the other server', () => {
  const audiences: [string, (issuer: string) => unknown][] = [
    ['its issuer', () => EVIL],
    ['its token endpoint', () => `${EVIL}/connect/token`],
    ['its token endpoint at a path like ours', (issuer) => `${EVIL}${new URL(issuer).pathname}connect/token`],
    ['both servers', (issuer) => [issuer, EVIL]],
    ['both, the other one first', (issuer) => [EVIL, issuer]],
    ['our token endpoint, which the other server claims', (issuer) => `${issuer}/connect/token`],
    ['a host that begins with ours', (issuer) => `${issuer}.evil.example`],
    ['our issuer as user info', (issuer) => `${issuer}@evil.example`],
  ];
  test.each(audiences)('%s', async (_, audience) => {
    const assertion = await assertionOf(app(), { aud: audience(app().issuer) });
    expect(await authenticate(app(), assertion)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
  });

  test('accepts an assertion for this server', async () => {
    expect(await authenticate(app(), await assertionOf(app()))).toMatchObject({ status: 400 });
  });
});

describe('refuses proofs for the other server', () => {
  let nonce: string;
  beforeAll(async () => {
    const client = await newClient(app());
    ({ nonce } = await askWithProof(app(), { grant_type: 'refresh_token', client_id: client.id }, 'none'));
  });

  test.each<[string, (issuer: string) => string]>([
    ['its token endpoint', () => `${EVIL}/connect/token`],
    [
      'its token endpoint with our host as a path',
      (issuer) => `${EVIL}/${new URL(issuer).host}/connect/token`,
    ],
    ['our host with another port', (issuer) => `${new URL(issuer).protocol}//localhost:1/connect/token`],
    ['another name of our host', (issuer) => `${issuer.replace('localhost', '127.0.0.1')}/connect/token`],
    ['our API', () => app().notes.href],
  ])('%s', async (_, url) => {
    const [client, key] = [await newClient(app()), await newKey()];
    const asked = { grant_type: 'refresh_token', refresh_token: 'x', client_id: client.id };
    const bad = await askWithProof(app(), asked, await proofOf(key, { url: url(app().issuer), nonce }));
    expect([bad.status, bad.body.error]).toEqual([400, 'invalid_dpop_proof']);
    const own = await proofOf(key, { url: `${app().issuer}/connect/token`, nonce });
    expect((await askWithProof(app(), asked, own)).body.error).toBe('invalid_grant');
  });
});

test('gives a dynamic client no secret that it could send to another server', async () => {
  const response = await fetch(`${app().issuer}/connect/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      redirect_uris: ['http://127.0.0.1:4711/cb'],
      token_endpoint_auth_method: 'client_secret_post',
    }),
  });
  const body = await response.json();
  expect([response.status, body.token_endpoint_auth_method]).toEqual([201, 'none']);
  expect(body).not.toHaveProperty('client_secret');
});

describe('advertises only its own URLs', () => {
  test('in its metadata', async () => {
    const { issuer } = app();
    const metadata: Record<string, unknown> = await (
      await fetch(`${issuer}/.well-known/oauth-authorization-server`)
    ).json();
    expect(metadata['issuer']).toBe(issuer);
    const places = Object.entries(metadata).filter(([name]) => /_(endpoint|uri)$/.test(name));
    expect(places.length).toBeGreaterThan(5);
    expect(places.filter(([, place]) => !String(place).startsWith(`${issuer}/`))).toEqual([]);
  });

  test('in the metadata of its API, and no other one’s', async () => {
    const { origin, pathname } = app().notes;
    const response = await fetch(`${origin}/.well-known/oauth-protected-resource${pathname}`);
    expect(await response.json()).toMatchObject({
      resource: app().notes.href,
      authorization_servers: [app().issuer],
    });
  });
});
