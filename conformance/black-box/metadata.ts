import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import type { Served } from './served.ts';

/** The document of RFC 8414 and what it names. */
export function metadata(served: () => Served): void {
  /** The well-known part stands before the path of the issuer. */
  const read = async (init: RequestInit = {}): Promise<Response> => {
    const { origin, pathname } = new URL(served().issuer);
    const path = pathname === '/' ? '' : pathname;
    return served().send(new URL(`${origin}/.well-known/oauth-authorization-server${path}`), init);
  };

  test(
    cite(
      'the metadata document names the issuer and endpoints below it',
      'rfc8414:2:issuer',
      'rfc8414:2:endpoints',
      'rfc8414:3.2:json',
    ),
    async () => {
      const { issuer } = served();
      const response = await read();
      expect([response.status, response.headers.get('content-type')]).toEqual([
        200,
        expect.stringMatching(/^application\/json/),
      ]);
      const below = expect.stringMatching(new RegExp(`^${issuer.replaceAll('.', '\\.')}/`));
      expect(await response.json()).toMatchObject({
        issuer,
        authorization_endpoint: below,
        token_endpoint: below,
        registration_endpoint: below,
        jwks_uri: below,
        code_challenge_methods_supported: ['S256'],
        response_types_supported: ['code'],
      });
    },
  );

  test.each(['POST', 'PUT', 'DELETE'])('the metadata document answers %s with 405', async (method) => {
    expect((await read({ method })).status).toBe(405);
  });

  test('the key set holds public keys only', async () => {
    const document = await (await read()).json();
    const response = await served().send(new URL(document.jwks_uri));
    expect(response.status).toBe(200);
    const { keys } = await response.json();
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) expect(key).not.toHaveProperty('d');
  });
}
