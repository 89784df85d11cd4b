/**
 * ID tokens that are not for this sign-in: of another client of the same provider, without the nonce, expired, of another issuer, signed by
 * another key, unsigned. An attacker who runs a client of the provider has valid ID tokens of the people who use it.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation OIDC Core §3.1.3.7}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.9 RFC 8725 §3.9}
 *
 * Taken out: packages/upstream/src/sign-in-upstream.ts: `await authorizationCodeGrant(configuration, returned, {` → `await (async (used: Configuration, at: URL, _: object): Promise<any> => { const body = new URLSearchParams({ code: at.searchParams.get('code') ?? '', redirect_uri: returnTo, client_id: settings.clientId, client_secret: settings.clientSecret ?? '', code_verifier: secretFor('pkce', state) }); const { id_token: token } = Object(await (await fetch(used.serverMetadata().token_endpoint ?? '', { method: 'POST', body })).json()); return { claims: () => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()) }; })(configuration, returned, {`
 * Then fails: refuses an ID token
 *
 * Taken out: packages/upstream/src/provider.ts: `enableNonRepudiationChecks(configuration);` → ``
 * Then fails: refuses a signature of another key
 */
import { asksForConsent } from '@vestibule/testing/browser';
import { type ProviderClaims, without } from '@vestibule/testing/openid-provider';
import { generateKeyPair } from 'jose';
import { expect, test } from 'vitest';
import { startUpstream } from './support/upstream.ts';

test.each<[string, (claims: ProviderClaims) => ProviderClaims]>([
  ['of another client', (claims) => ({ ...claims, aud: 'another-client' })],
  [
    'of several clients, made for another one',
    (claims) => ({ ...claims, aud: ['vestibule', 'another-client'], azp: 'another-client' }),
  ],
  ['without a client', (claims) => without(claims, 'aud')],
  ['without a nonce', (claims) => without(claims, 'nonce')],
  ['with another nonce', (claims) => ({ ...claims, nonce: 'n'.repeat(43) })],
  ['of another issuer', (claims) => ({ ...claims, iss: 'https://evil.example' })],
  ['that has expired', (claims) => ({ ...claims, exp: Math.floor(Date.now() / 1_000) - 3_600 })],
])('refuses an ID token %s', async (_, lie) => {
  const { signIn, provider, failures } = await startUpstream();
  provider.lies.idToken = lie;
  const shown = await signIn();
  expect([shown.status, asksForConsent(shown)]).toEqual([403, false]);
  expect(failures).toMatchObject([{ rule: 'upstream.response' }]);
});

test('refuses a token response without an ID token', async () => {
  const { signIn, provider } = await startUpstream();
  provider.lies.idToken = () => undefined;
  expect(asksForConsent(await signIn())).toBe(false);
});

test('refuses a signature of another key', async () => {
  const { signIn, provider } = await startUpstream();
  provider.lies.key = (await generateKeyPair('RS256')).privateKey;
  expect(asksForConsent(await signIn())).toBe(false);
});

test('does not record a sign-in with such a token', async () => {
  const { signIn, provider, app } = await startUpstream();
  provider.lies.idToken = (claims) => ({ ...claims, aud: 'another-client' });
  await signIn();
  const { items } = await app.stores.audit.list(app.realm.id, { limit: 100 });
  expect(items.map(({ type }) => type)).not.toContain('sign-in.succeeded');
  const { items: people } = await app.stores.people.list(app.realm.id, { limit: 9 });
  expect(people.every(({ passwordHash }) => passwordHash !== undefined)).toBe(true);
});
