import { exportPKCS8, generateKeyPair, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { clientAuthentication, secretMethod } from './client-authentication.ts';

const PROVIDER = { issuer: 'https://login.example', token_endpoint: 'https://login.example/token' };

/** What a token request has. */
async function requestWith(credentials: Parameters<typeof clientAuthentication>[0]) {
  const [body, headers] = [new URLSearchParams(), new Headers()];
  const authenticate = await clientAuthentication(credentials, {});
  const done: unknown = authenticate(PROVIDER, { client_id: 'vestibule' }, body, headers);
  await done;
  return { fields: Object.fromEntries(body), authorization: headers.get('authorization') };
}

describe('the token request', () => {
  test('has a signed assertion for this provider alone, and no secret, with a private key', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const pem = await exportPKCS8(privateKey);
    const { fields, authorization } = await requestWith({
      privateKey: { pem, algorithm: 'ES256', kid: 'k1' },
    });
    const { payload, protectedHeader } = await jwtVerify(fields['client_assertion'] ?? '', publicKey);
    expect(payload).toMatchObject({ iss: 'vestibule', sub: 'vestibule', aud: PROVIDER.issuer });
    expect([protectedHeader.kid, authorization]).toEqual(['k1', null]);
  });

  test('has the encoded secret in the header', async () => {
    const { fields, authorization } = await requestWith({ clientSecret: 'a:b c' });
    expect(fields).toEqual({});
    expect(Buffer.from(authorization?.slice(6) ?? '', 'base64').toString()).toBe('vestibule:a%3Ab+c');
  });

  test('has the id alone for a public client', async () => {
    expect(await requestWith({})).toEqual({ fields: { client_id: 'vestibule' }, authorization: null });
  });

  test('is refused at once for a private key that is not one', async () => {
    await expect(requestWith({ privateKey: { pem: 'secret', algorithm: 'ES256' } })).rejects.toThrow(
      'is not one in PKCS #8 and PEM format for ES256.',
    );
  });
});

test.each<[readonly string[] | undefined, ReturnType<typeof secretMethod>]>([
  [undefined, 'client_secret_basic'],
  [['client_secret_post', 'client_secret_basic'], 'client_secret_basic'],
  [['client_secret_post', 'none'], 'client_secret_post'],
  [['private_key_jwt'], 'client_secret_basic'],
])('a provider that lists %j gets the secret by %s', (supported, method) => {
  const metadata = supported === undefined ? {} : { token_endpoint_auth_methods_supported: [...supported] };
  expect(secretMethod({}, metadata)).toBe(method);
  expect(secretMethod({ clientAuthentication: 'client_secret_post' }, metadata)).toBe('client_secret_post');
});
