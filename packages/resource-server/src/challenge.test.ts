import { cite } from '@vestibule/requirements';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { createResourceServer } from './resource-server.ts';

const issuer = 'https://id.example';
const resource = 'https://notes.example/mcp';

test(
  cite(
    'names every scope that the request needs at once, however many are missing',
    'mcp:runtime-insufficient-scope-errors:all-at-once',
  ),
  async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const keys = [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }];
    const { admit } = createResourceServer({ issuer, resource, fetch: async () => Response.json({ keys }) });
    const jwt = await new SignJWT({ client_id: 'app', scope: 'read', jti: 'j' })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'k' })
      .setIssuer(issuer)
      .setAudience(resource)
      .setSubject('ada')
      .setIssuedAt()
      .setExpirationTime('1m')
      .sign(privateKey);
    const request = new Request(resource, { headers: { authorization: `Bearer ${jwt}` } });
    const admission = await admit(request, ['read', 'write', 'share', 'admin']);
    const challenge = admission.ok ? '' : admission.response.headers.get('www-authenticate');
    expect(challenge).toContain('scope="read write share admin"');
  },
);

test('no browser takes a challenge for something else than JSON', async () => {
  const { admit } = createResourceServer({
    issuer,
    resource,
    fetch: async () => Response.json({ keys: [] }),
  });
  const admission = await admit(new Request(resource));
  expect(admission.ok || admission.response.headers.get('x-content-type-options')).toBe('nosniff');
});
