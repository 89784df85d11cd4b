import type { Api } from '@vestibule/core/realm';
import { decodeJwt, exportJWK } from 'jose';
import { describe, expect, test } from 'vitest';
import { assertionBy, other, withAssertion } from './client-assertion.ts';
import { documentHosts, FRESH_FOR } from './document-hosts.ts';
import { BY_KEY, documentWorld, EITHER, LOOPBACK, type Means } from './document-world.ts';
import { URI } from './open-to-documents.ts';
import { newProofKey, type ProofKey, signProof } from './proofs.ts';
import { CALLBACK, ISSUER, NOW, realmWith, setUp, VERIFIER } from './set-up.ts';

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

const LATER = { iat: undefined, exp: NOW / 1_000 + FRESH_FOR + 60 };

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
