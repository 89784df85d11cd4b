import { createHook } from 'node:async_hooks';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { createSigner } from './signer.ts';

const CLAIMS = { iss: 'https://as.example', sub: 'Ådne 🗝', aud: 'https://api.example', iat: 1, exp: 2 };

async function signerOf(algorithm: 'ES256' | 'EdDSA' | 'RS256') {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'k', alg: algorithm, use: 'sig' }];
  const signer = await createSigner('k', algorithm, await exportJWK(privateKey));
  return { signer, jwks: createLocalJWKSet({ keys }) };
}

test.each(['ES256', 'EdDSA', 'RS256'] as const)(
  'a token signed with %s is verified by its JWKS, and has exactly the given header and claims',
  async (algorithm) => {
    const { signer, jwks } = await signerOf(algorithm);
    const token = await signer.sign(CLAIMS, 'at+jwt');
    const options = { algorithms: [algorithm], typ: 'at+jwt', currentDate: new Date(1_000) };
    const { payload, protectedHeader } = await jwtVerify(token, jwks, options);
    expect(protectedHeader).toEqual({ typ: 'at+jwt', alg: algorithm, kid: 'k' });
    expect(payload).toEqual(CLAIMS);
    expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  },
);

test('the header has a `typ` only if one is given, whatever was signed before', async () => {
  const { signer, jwks } = await signerOf('ES256');
  const headerOf = async (type?: string) => {
    const token = await signer.sign(CLAIMS, type);
    return (await jwtVerify(token, jwks, { currentDate: new Date(1_000) })).protectedHeader;
  };
  expect(await headerOf('at+jwt')).toHaveProperty('typ', 'at+jwt');
  expect(await headerOf()).not.toHaveProperty('typ');
  expect(await headerOf('other+jwt')).toHaveProperty('typ', 'other+jwt');
});

test.each([
  ['RS256', 1],
  ['ES256', 0],
  ['EdDSA', 0],
] as const)('signing with %s gives %i tasks to the thread pool', async (algorithm, tasks) => {
  const { signer } = await signerOf(algorithm);
  const requests = new Set<number>();
  let answered = 0;
  // A request that is done synchronously has no callback.
  const hook = createHook({
    init: (id, type) => void (type === 'SIGNREQUEST' && requests.add(id)),
    before: (id) => void (requests.has(id) && (answered += 1)),
  }).enable();
  await signer.sign(CLAIMS);
  hook.disable();
  expect([requests.size, answered]).toEqual([1, tasks]);
});

test.each([
  ['a public key', async () => exportJWK((await generateKeyPair('ES256', { extractable: true })).publicKey)],
  ['a shared secret', async () => ({ kty: 'oct', k: 'c2VjcmV0' })],
])('%s makes no signer', async (_, jwk) => {
  await expect(createSigner('k', 'ES256', await jwk())).rejects.toThrow(
    'Signing key k is not a private key.',
  );
});
