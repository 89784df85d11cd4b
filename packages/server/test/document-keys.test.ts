import { describe, expect, test } from 'vitest';
import { assertionBy, jwks, other, withAssertion } from './client-assertion.ts';
import { BY_KEY, documentWorld, JWKS_URI } from './document-world.ts';
import { DOCUMENT, URI } from './open-to-documents.ts';
import { CALLBACK, ISSUER, NOTES, realmWith, setUp } from './set-up.ts';

const refused = { status: 401, body: { error: 'invalid_client' } };

describe('the keys at a URL that a document names', () => {
  const AT_URL = { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: JWKS_URI };

  test('are fetched once, as a URL that a stranger chose, and used by the next requests', async () => {
    const { attach, refresh, hosts, keysAsked } = documentWorld(AT_URL);
    hosts.publishAt(JWKS_URI, jwks);
    const { refresh_token: first } = await attach('key');
    expect(await refresh(first, 'key')).toMatchObject({ status: 200 });
    expect(keysAsked()).toEqual([JWKS_URI]);
    expect(hosts.asked.find(({ accept }) => accept === 'jwks')).toMatchObject({ chosenBy: 'stranger' });
  });

  test('are fetched again for an unknown kid, once in half a minute', async () => {
    const { attach, refresh, hosts, keysAsked, pass } = documentWorld(AT_URL);
    hosts.publishAt(JWKS_URI, jwks);
    const { refresh_token: first } = await attach('key');
    hosts.publishAt(JWKS_URI, { keys: [{ ...jwks.keys[0], kid: 'new' }] });
    const byNew = async () => withAssertion(await assertionBy(URI, {}, { kid: 'new' }));
    for (const kid of ['new', 'a', 'b']) {
      const guessed = withAssertion(await assertionBy(URI, {}, { kid }));
      expect(await refresh(first, 'none', guessed)).toMatchObject(refused);
    }
    expect(keysAsked()).toHaveLength(1);
    pass(31);
    expect(await refresh(first, 'none', await byNew())).toMatchObject({ status: 200 });
    expect(keysAsked()).toHaveLength(2);
  });

  test('leave the request undecided while they cannot be fetched, and the reason to the operator', async () => {
    const { ask, approve, codeOf, exchange, hosts, audit } = documentWorld(AT_URL);
    const code = codeOf(await approve(await ask()));
    hosts.fail(true);
    const response = await exchange(code, 'key');
    expect(response).toMatchObject({ status: 503, body: { error: 'temporarily_unavailable' } });
    expect(JSON.stringify(response.body)).not.toContain('connection');
    expect(audit.events.at(-1)).toMatchObject({
      type: 'jwks.unavailable',
      owner: `the client '${URI}'`,
      reason: 'connection',
    });
  });

  test('are fetched a few times a minute because of one address, however many documents name them', async () => {
    const { server, authorizeUrl, openConsent, newBrowser, hosts, keysAsked, audit } = documentWorld(AT_URL);
    const ids = Array.from({ length: 20 }, (_, number) => `https://app${number}.example/client.json`);
    for (const [number, clientId] of ids.entries()) {
      const jwksUri = `https://victim.example/${number}`;
      hosts.publish({ ...DOCUMENT, ...AT_URL, client_id: clientId, jwks_uri: jwksUri });
      await openConsent(newBrowser(`2001:db8:${number}::1`), authorizeUrl(clientId));
    }
    const guess = async (clientId: string, ip: string) => {
      const fields = { grant_type: 'refresh_token', refresh_token: 'guessed' };
      const body = new URLSearchParams({ ...fields, ...withAssertion(await assertionBy(clientId)) });
      return server.token(new Request(`${ISSUER}/connect/token`, { method: 'POST', body }), { ip });
    };
    for (const clientId of ids) expect((await guess(clientId, '192.0.2.1')).status).toBe(503);
    expect(keysAsked()).toHaveLength(10);
    expect(audit.events.at(-1)).toMatchObject({ type: 'jwks.unavailable', reason: 'governed' });
    const [first = ''] = ids.slice(-1);
    expect((await guess(first, '198.51.100.1')).status).toBe(503);
    expect(keysAsked()).toHaveLength(11);
  });

  test.each<[string, object]>([
    ['the host of the keys is refused', { refusedHosts: ['keys.example'] }],
    ['the realm is closed', { open: false }],
    ['the document is refused', { refusedDocuments: [URI] }],
  ])('are not fetched once %s', async (_, settings) => {
    const jwksUri = 'https://keys.example/jwks';
    const { ask, approve, codeOf, exchange, hosts, change, keysAsked } = documentWorld({
      ...AT_URL,
      jwks_uri: jwksUri,
    });
    hosts.publishAt(jwksUri, jwks);
    const code = codeOf(await approve(await ask()));
    await change(realmWith({ realm: false }, { metadataDocuments: { open: true, ...settings } }));
    const { status } = await exchange(code, 'key');
    expect([400, 401]).toContain(status);
    expect(keysAsked()).toEqual([]);
  });

  test('are not looked for if the server fetches no documents', async () => {
    const { clients, token } = setUp(realmWith({}, { metadataDocuments: { open: true } }));
    await clients.insert({
      kind: 'metadata-document',
      realm: 'main',
      id: URI,
      version: 1,
      name: 'Diary',
      redirectUris: [CALLBACK],
      grantTypes: ['authorization_code'],
      applicationType: 'web',
      issuedAt: 0,
      document: {
        uri: URI,
        fetchedAt: 0,
        expiresAt: Number.MAX_SAFE_INTEGER,
        fingerprint: 'f',
        authentication: { accepts: 'private_key_jwt', keys: { jwksUri: JWKS_URI } },
      },
    });
    const fields = { grant_type: 'authorization_code', code: 'x', code_verifier: 'x', resource: NOTES };
    expect(await token({ ...fields, ...withAssertion(await assertionBy(URI)) })).toMatchObject(refused);
  });
});

describe('an assertion of an app with a document', () => {
  test.each<[string, () => Promise<string>]>([
    ['another key', () => assertionBy(URI, {}, {}, other.privateKey)],
    ['the token endpoint as its audience', () => assertionBy(URI, { aud: `${ISSUER}/connect/token` })],
    ['another server as its audience', () => assertionBy(URI, { aud: 'https://evil.example' })],
    ['another issuer than the client', () => assertionBy(URI, { iss: 'https://app.example/other.json' })],
    ['the URL of the client with a slash', () => assertionBy(`${URI}/`)],
    ['the type of an access token', () => assertionBy(URI, {}, { typ: 'at+jwt' })],
    ['no id', () => assertionBy(URI, { jti: undefined })],
  ])('is refused with %s', async (_, make) => {
    const { ask, approve, codeOf, exchange } = documentWorld(BY_KEY);
    const code = codeOf(await approve(await ask()));
    expect(await exchange(code, 'none', withAssertion(await make()))).toMatchObject(refused);
    expect(await exchange(code, 'key')).toMatchObject({ status: 200 });
  });

  test('is refused if it is not signed with the algorithm that its document names, with a key of it', async () => {
    const ed25519 = { kty: 'OKP', crv: 'Ed25519', x: 'x'.repeat(43), kid: 'ed' };
    const { ask, approve, codeOf, exchange, audit } = documentWorld({
      ...BY_KEY,
      jwks: { keys: [...jwks.keys, ed25519] },
      token_endpoint_auth_signing_alg: 'EdDSA',
    });
    const code = codeOf(await approve(await ask()));
    expect(await exchange(code, 'key')).toMatchObject(refused);
    expect(audit.events.at(-1)).toMatchObject({ reason: 'the assertion is not signed with EdDSA' });
  });

  test('is accepted once', async () => {
    const { attach, refresh } = documentWorld(BY_KEY);
    const { refresh_token: first } = await attach('key');
    const same = withAssertion(await assertionBy(URI));
    const { status, body } = await refresh(first, 'none', same);
    expect(status).toBe(200);
    expect(await refresh(body.refresh_token, 'none', same)).toMatchObject(refused);
  });
});

test('an assertion is used up by a pushed request and by a revocation as well, and not by what came too late', async () => {
  const { attach, push, revoke, refresh, post } = documentWorld(BY_KEY);
  const { refresh_token: first } = await attach('key');
  const pushed = withAssertion(await assertionBy(URI));
  const revoked = withAssertion(await assertionBy(URI));
  expect(await push('none', pushed)).toMatchObject({ status: 201 });
  expect(await push('none', pushed)).toMatchObject(refused);
  expect(await refresh(first, 'none', pushed)).toMatchObject(refused);
  const revocation = { client_id: URI, token: String(first), ...revoked };
  expect(await post('revoke', revocation)).toMatchObject({ status: 200 });
  expect(await post('revoke', revocation)).toMatchObject(refused);
  expect(await revoke(first, 'key')).toMatchObject({ status: 200 });
});
