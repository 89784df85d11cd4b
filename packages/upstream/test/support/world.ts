import { createVestibule } from '@vestibule/node';
import type { TokenProvider } from '@vestibule/server';
import { newFolder } from '@vestibule/testing/folder';
import { type Addresses, authorizeUrl, register } from '@vestibule/testing/oauth';
import { OPEN_REALM } from '@vestibule/testing/open-seed';
import { startOpenIdProvider, type TestProvider } from '@vestibule/testing/openid-provider';
import { freePort } from '@vestibule/testing/port';
import { type Browser, newBrowser, type Shown } from '@vestibule/testing/browser';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { signInUpstream, type UpstreamFailure, type UpstreamOptions } from '../../src/index.ts';

/** Encrypts what the database of the server has of keys and tokens. */
export const KEY_SECRET = Buffer.alloc(32, 7).toString('base64url');

export const CALLBACK = 'https://agent.example/callback';

/** A server whose people sign in at a provider, with an agent that has registered. */
export async function startWorld(
  options: Partial<UpstreamOptions> = {},
  known?: TestProvider,
  tokens?: (
    provider: TestProvider,
    onFailure: (failure: UpstreamFailure) => void,
    resource: string,
  ) => TokenProvider,
  grantTypes?: readonly string[],
) {
  const provider = known ?? (await startOpenIdProvider());
  const failures: UpstreamFailure[] = [];
  let passed = 0;
  let tokenProvider: TokenProvider | undefined;
  const signIn = signInUpstream({
    issuer: provider.issuer,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    onFailure: (failure) => failures.push(failure),
    ...options,
  });
  const app = await startServer({
    signIn,
    clock: () => Date.now() + passed,
    tokens: (resource) => {
      tokenProvider = tokens?.(provider, (failure) => failures.push(failure), resource);
      return tokenProvider;
    },
  });
  const { stores } = app.vestibule;
  const { body } = await register(app, {
    client_name: 'Agent',
    redirect_uris: [CALLBACK],
    ...(grantTypes && { grant_types: grantTypes }),
  });
  const clientId = String(body.client_id);
  return {
    ...app,
    stores,
    provider,
    tokenProvider,
    failures,
    clientId,
    url: (parameters: Record<string, string> = {}): URL =>
      authorizeUrl(app, clientId, { redirect_uri: CALLBACK, scope: 'notes:read', ...parameters }),
    /** Moves the clock of the server on, in seconds. */
    pass: (seconds: number): void => void (passed += seconds * 1_000),
    events: async () => (await stores.audit.list(OPEN_REALM.realm.id, { limit: 100 })).items,
  };
}

type World = Awaited<ReturnType<typeof startWorld>>;

async function startServer({
  tokens,
  ...options
}: Pick<Parameters<typeof createVestibule>[0], 'signIn' | 'clock'> & {
  readonly tokens: (resource: string) => TokenProvider | undefined;
}): Promise<Addresses & { readonly vestibule: Awaited<ReturnType<typeof createVestibule>> }> {
  const folder = newFolder();
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const { apis, ...realm } = OPEN_REALM;
  const notes = new URL('/mcp', issuer);
  const providerTokens = tokens(notes.href);
  const vestibule = await createVestibule({
    ...options,
    ...(providerTokens && { providerTokens }),
    database: `sqlite:${join(folder, 'test.db')}`,
    keyEncryption: { from: 'secrets', secrets: [KEY_SECRET] },
    realms: [
      {
        ...realm,
        realm: { ...realm.realm, issuer },
        people: [],
        apis: apis.map((api) => Object.assign({}, api, { resource: new URL(api.resource, issuer).href })),
      },
    ],
  });
  await vestibule.listen({ port });
  onTestFinished(async () => {
    await vestibule.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return { vestibule, issuer, notes };
}

/** Opens a URL, signs in at the provider and returns. */
export async function signInThere(
  { provider }: Pick<World, 'provider'>,
  url: URL | string,
  browser: Browser = newBrowser(),
): Promise<Shown & { readonly browser: Browser }> {
  const { away } = await browser.open(url);
  if (away === undefined) throw new Error('The browser was not sent to the provider.');
  return { ...(await browser.open(await provider.signIn(away))), browser };
}
