import { freePort } from '@vestibule/testing/port';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type Configuration, Provider } from 'oidc-provider';
import { onTestFinished, vi } from 'vitest';

/** The people of the provider, by the login that they enter. */
const PEOPLE: Readonly<Record<string, object>> = {
  ada: { name: 'Ada Lovelace', email: 'ada@login.example', email_verified: true, groups: ['agents'] },
  grace: { name: 'Grace Hopper', email: 'grace@login.example', email_verified: true, groups: ['guests'] },
};

/** An identity provider with one client and without dynamic registration. */
export interface OidcUpstream {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * Starts node-oidc-provider with its own login pages, for a server with this issuer. It is stopped after the test.
 *
 * @param returns further return addresses of the client
 */
export async function startOidcUpstream(
  serverIssuer: string,
  more: Configuration = {},
  returns: readonly string[] = [],
): Promise<OidcUpstream> {
  // It warns about every default setting.
  vi.spyOn(console, 'info').mockReturnValue();
  vi.spyOn(console, 'warn').mockReturnValue();
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const [clientId, clientSecret] = ['vestibule', 'a-secret_of.the~provider'];
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${serverIssuer}/connect/sign-in/return`, ...returns],
        ...(returns.length > 0 && { grant_types: ['authorization_code', 'refresh_token'] }),
        post_logout_redirect_uris: [`${serverIssuer}/connect/sign-out`],
      },
    ],
    claims: { openid: ['sub'], profile: ['name', 'groups'], email: ['email', 'email_verified'] },
    cookies: { keys: ['of-the-tests'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
    ...more,
  });
  const server = createServer(provider.callback()).listen(port, 'localhost');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { issuer, clientId, clientSecret };
}
