import type { Api } from '@vestibule/core/realm';
import { decodeJwt, exportJWK } from 'jose';
import { describe, expect, test } from 'vitest';
import { assertionBy, jwks, other, withAssertion } from './client-assertion.ts';
import { DOCUMENT, documentWorld, JWKS_URI, LOOPBACK, type Means, URI } from './document-world.ts';
import { newProofKey, type ProofKey, signProof } from './proofs.ts';
import { CALLBACK, ISSUER, NOTES, NOW, realmWith, setUp, VERIFIER } from './set-up.ts';
import { documentHosts, FRESH_FOR } from './document-hosts.ts';

const BY_KEY = { token_endpoint_auth_method: 'private_key_jwt', jwks };
const EITHER = { token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'], jwks };

const refused = { status: 401, body: { error: 'invalid_client' } };
const ended = { status: 400, body: { error: 'invalid_grant' } };

describe('an app that only authenticates by a key', () => {
  test('gets and refreshes a token with its key', async () => {
    const { attach, refresh } = documentWorld(BY_KEY);
    const { refresh_token: first } = await attach('key');
    expect(await refresh(first, 'key')).toMatchObject({ status: 200 });
  });

  test('is refused without it, at the exchange, the refresh, a pushed request and a revocation', async () => {
    const { ask, approve, codeOf, attach, exchange, refresh, push, revoke } = documentWorld(BY_KEY);
    const { refresh_token: first } = await attach('key');
    const code = codeOf(await approve(await ask()));
    for (const response of [
      await exchange(code),
      await refresh(first),
      await push('none'),
      await revoke(first, 'none'),
    ]) {
      expect(response).toMatchObject(refused);
      expect(response.body.error_description).toContain('authenticates by private_key_jwt');
    }
    expect(await exchange(code, 'key')).toMatchObject({ status: 200 });
    expect(await refresh(first, 'key')).toMatchObject({ status: 200 });
  });

  test('is verified by its website wherever the person is sent, because only its key opens the code', async () => {
    const { ask } = documentWorld(BY_KEY);
    for (const redirectUri of [CALLBACK, LOOPBACK]) {
      const { consent } = await ask({ redirect_uri: redirectUri });
      expect(consent).toMatchObject({
        view: { page: 'consent', client: { documentHost: 'app.example', verifiedBy: 'app.example' } },
      });
      expect(consent).not.toHaveProperty('view.client.canBeImitated');
    }
  });

  test('is named in an assertion alone, also where it pushes its first request', async () => {
    const { push } = documentWorld(BY_KEY);
    expect(await push('key', { client_id: undefined })).toMatchObject({ status: 201 });
  });

  test('does not become weaker while its code is on the way', async () => {
    const { ask, approve, codeOf, exchange, changeAtOnce, clients } = documentWorld(BY_KEY);
    const code = codeOf(await approve(await ask({ redirect_uri: LOOPBACK })));
    const client = await clients.find('main', URI);
    if (client?.kind !== 'metadata-document') throw new Error('There is no client.');
    await changeAtOnce({ document: { ...client.document, authentication: { accepts: 'none' } } });
    expect(await exchange(code)).toMatchObject(ended);
  });
});

describe('an app that authenticates by a key or not at all', () => {
  test.each(['none', 'key'] as const)('gets and refreshes a token by %s', async (means) => {
    const { attach, refresh } = documentWorld(EITHER);
    const { refresh_token: first } = await attach(means);
    const { status, body } = await refresh(first, means);
    expect(status).toBe(200);
    expect(await refresh(body.refresh_token, means)).toMatchObject({ status: 200 });
  });

  test('needs the key for a grant that began with it, which is recorded as misuse', async () => {
    const { attach, refresh, audit } = documentWorld(EITHER);
    const { refresh_token: first } = await attach('key');
    expect(await refresh(first)).toMatchObject(ended);
    expect(audit.events.at(-1)).toMatchObject({
      type: 'token.refused',
      reason: 'it is bound to private_key_jwt, and came with none',
      misused: true,
    });
    expect(await refresh(first, 'key')).toMatchObject({ status: 200 });
  });

  test('does not use the key for a grant that began without it', async () => {
    const { attach, refresh } = documentWorld(EITHER);
    const { refresh_token: first } = await attach('none');
    expect(await refresh(first, 'key')).toMatchObject(ended);
    expect(await refresh(first)).toMatchObject({ status: 200 });
  });

  test('revokes with the key what it got with the key', async () => {
    const { attach, revoke, refresh, stores } = documentWorld(EITHER);
    const { refresh_token: first, access_token: accessToken } = await attach('key');
    for (const token of [first, accessToken]) expect(await revoke(token, 'none')).toMatchObject(refused);
    expect(await stores.revokedTokens.list('main', 0)).toEqual([]);
    expect(await revoke(accessToken, 'key')).toMatchObject({ status: 200 });
    expect(await stores.revokedTokens.list('main', 0)).toHaveLength(1);
    expect(await revoke(first, 'key')).toMatchObject({ status: 200 });
    expect(await refresh(first, 'key')).toMatchObject(ended);
  });

  test('is unverified on this computer, because any program can do without the key', async () => {
    const { ask } = documentWorld(EITHER);
    const { consent } = await ask({ redirect_uri: LOOPBACK });
    expect(consent).toMatchObject({ view: { client: { canBeImitated: true } } });
    expect(consent).not.toHaveProperty('view.client.verifiedBy');
  });

  test('is verified on this computer if it has pushed the request with its key, which the code then needs', async () => {
    const { push, askPushed, approve, codeOf, exchange, refresh, browserApps } = withApps(EITHER);
    const { body } = await push('key', { redirect_uri: LOOPBACK });
    const asked = await askPushed(body.request_uri);
    expect(asked.consent).toMatchObject({ view: { client: { verifiedBy: 'app.example' } } });
    expect(asked.consent).not.toHaveProperty('view.client.canBeImitated');
    const code = codeOf(await approve(asked));
    expect(await exchange(code)).toMatchObject(ended);
    const exchanged = await exchange(code, 'key');
    expect(exchanged).toMatchObject({ status: 200 });
    expect(await refresh(exchanged.body.refresh_token)).toMatchObject(ended);
    expect(await browserApps(asked.browser)).toMatchObject([{ name: 'Diary', verifiedBy: 'app.example' }]);
  });

  test('has as many pushed requests stored as an app without a key, because any website can have one', async () => {
    const { push, change } = documentWorld(EITHER);
    await push('key');
    const { settings, ...realm } = realmWith({ realm: false }, { metadataDocuments: { open: true } });
    const limits = { ...settings.limits, pendingPushedRequests: 3, organizationPercentOfPending: 100 };
    await change({ ...realm, settings: { ...settings, limits } });
    const statuses: number[] = [];
    for (const means of ['key', 'none', 'key', 'none'] as const) statuses.push((await push(means)).status);
    expect(statuses).toEqual([201, 201, 429, 429]);
  });

  test('is unverified on this computer if it has pushed the request without its key', async () => {
    const { push, askPushed, approve, codeOf, exchange } = documentWorld(EITHER);
    const { body } = await push('none', { redirect_uri: LOOPBACK });
    const asked = await askPushed(body.request_uri);
    expect(asked.consent).not.toHaveProperty('view.client.verifiedBy');
    expect(await exchange(codeOf(await approve(asked)))).toMatchObject({ status: 200 });
  });

  test('stays unverified in Connected apps if it used the key after it was approved as unverified', async () => {
    const { ask, approve, codeOf, exchange, browserApps } = withApps(EITHER);
    const asked = await ask({ redirect_uri: LOOPBACK });
    await exchange(codeOf(await approve(asked)), 'key');
    const [app] = await browserApps(asked.browser);
    expect(app).toMatchObject({ name: 'Diary' });
    expect(app).not.toHaveProperty('verifiedBy');
  });
});

/** The same world, with what Connected apps lists in a browser. */
function withApps(members: Readonly<Record<string, unknown>>) {
  const world = documentWorld(members);
  type Browser = Awaited<ReturnType<typeof world.ask>>['browser'];
  const browserApps = async (browser: Browser) =>
    (await browser.open(new URL(`${ISSUER}/connect/apps`))).view.apps ?? [];
  return { ...world, browserApps };
}

describe('after its document has changed', () => {
  test.each<[string, object]>([
    ['none', { jwks: undefined, token_endpoint_auth_methods_supported: undefined }],
    ['none beside its keys', { token_endpoint_auth_methods_supported: ['none'] }],
  ])('a grant of a key is refused if the document only names %s', async (_, next) => {
    const { attach, refresh, changeTo } = documentWorld(EITHER);
    const { refresh_token: first } = await attach('key');
    await changeTo({ ...EITHER, ...next });
    expect(await refresh(first, 'key', withAssertion(await assertionBy(URI, LATER)))).toMatchObject(refused);
    expect(await refresh(first)).toMatchObject(ended);
  });

  test('a grant without authentication ends if the document does not allow that any more', async () => {
    const { attach, refresh, changeTo, ask, approve, codeOf, exchange } = documentWorld(EITHER);
    const { refresh_token: first } = await attach('none');
    await changeTo(BY_KEY);
    const byKey = async () => withAssertion(await assertionBy(URI, LATER));
    expect(await refresh(first)).toMatchObject(refused);
    expect(await refresh(first, 'none', await byKey())).toMatchObject(ended);
    const code = codeOf(await approve(await ask()));
    expect(await exchange(code, 'none', await byKey())).toMatchObject({ status: 200 });
  });

  test('a grant of a key goes on with the key, if the document allows to do without by now', async () => {
    const { attach, refresh, changeTo } = documentWorld(BY_KEY);
    const { refresh_token: first } = await attach('key');
    await changeTo(EITHER);
    expect(await refresh(first)).toMatchObject(ended);
    const byKey = withAssertion(await assertionBy(URI, LATER));
    expect(await refresh(first, 'none', byKey)).toMatchObject({ status: 200 });
  });

  test('a withdrawn key proves nothing, if the document is read during the request', async () => {
    const { attach, refresh, publish, pass } = documentWorld(BY_KEY, { stale: 0 });
    const { refresh_token: first } = await attach('key');
    const next = { keys: [{ ...(await exportJWK(other.publicKey)), kid: 'k' }] };
    publish({ ...BY_KEY, jwks: next });
    pass(FRESH_FOR + 1);
    expect(await refresh(first, 'none', withAssertion(await assertionBy(URI, LATER)))).toMatchObject(refused);
    const byNext = withAssertion(await assertionBy(URI, LATER, {}, other.privateKey));
    expect(await refresh(first, 'none', byNext)).toMatchObject({ status: 200 });
  });

  test('the method counts that the newest copy allows, if the document is read during the request', async () => {
    const { attach, refresh, publish, pass } = documentWorld(EITHER, { stale: 0 });
    const { refresh_token: first } = await attach('none');
    publish(BY_KEY);
    pass(FRESH_FOR + 1);
    expect(await refresh(first)).toMatchObject(ended);
  });
});

/** Claims of an assertion that is signed after the document was read again. */
const LATER = { iat: undefined, exp: NOW / 1_000 + FRESH_FOR + 60 };

describe('the keys at a URL of its document', () => {
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

test('the metadata names the methods and the algorithms of an app with a document', async () => {
  const { server } = setUp(realmWith({}, { metadataDocuments: { open: true } }), {
    documentFetch: documentHosts().fetch,
  });
  const request = new Request(`${ISSUER}/.well-known/oauth-authorization-server`);
  const metadata: Record<string, unknown> = await (
    await server.metadata(request, { ip: '192.0.2.1' })
  ).json();
  expect(metadata['client_id_metadata_document_supported']).toBe(true);
  for (const endpoint of ['token', 'revocation']) {
    expect(metadata[`${endpoint}_endpoint_auth_methods_supported`]).toEqual(
      expect.arrayContaining(['none', 'private_key_jwt']),
    );
    expect(metadata[`${endpoint}_endpoint_auth_signing_alg_values_supported`]).toEqual(
      expect.arrayContaining(['ES256', 'RS256', 'EdDSA']),
    );
  }
});

describe('where the API requires proofs of possession', () => {
  /** A world, and proofs for its token endpoint. */
  async function withProofs() {
    const world = documentWorld(EITHER);
    const { apis, ...rest } = realmWith({ realm: false }, { metadataDocuments: { open: true } });
    const withProof = (api: Api): Api => ({ ...api, dpop: 'required' });
    await world.change({ ...rest, apis: apis.map(withProof) });
    const htu = `${ISSUER}/connect/token`;
    const proofOf = async (by: ProofKey) => {
      const first = await world.token({ client_id: URI }, { dpop: await signProof(by, { htu }) });
      return { dpop: await signProof(by, { htu, nonce: first.headers.get('dpop-nonce') }) };
    };
    const requestBy = async (means: Means, by: ProofKey, fields: Record<string, string>) =>
      world.token(
        {
          client_id: URI,
          code_verifier: VERIFIER,
          ...(means === 'key' && withAssertion(await assertionBy(URI))),
          ...fields,
        },
        await proofOf(by),
      );
    const code = world.codeOf(await world.approve(await world.ask()));
    return { requestBy, code };
  }

  test('an app that authenticates by its key may change the key of its proofs', async () => {
    const { requestBy, code } = await withProofs();
    const [one, two] = await Promise.all([newProofKey(), newProofKey()]);
    const { body } = await requestBy('key', one, { grant_type: 'authorization_code', code });
    const refresh = { grant_type: 'refresh_token', refresh_token: body.refresh_token };
    const refreshed = await requestBy('key', two, refresh);
    expect(decodeJwt(refreshed.body.access_token)['cnf']).toEqual({ jkt: two.thumbprint });
  });

  test('an app that does without its key may not', async () => {
    const { requestBy, code } = await withProofs();
    const [one, two] = await Promise.all([newProofKey(), newProofKey()]);
    const { body } = await requestBy('none', one, { grant_type: 'authorization_code', code });
    const refresh = { grant_type: 'refresh_token', refresh_token: body.refresh_token };
    for (const means of ['none', 'key'] as const) {
      expect(await requestBy(means, two, refresh)).toMatchObject(ended);
    }
    expect(await requestBy('none', one, refresh)).toMatchObject({ status: 200 });
  });
});
