import { type Browser, newBrowser, type Shown } from '@vestibule/testing/browser';
import { startOpenIdProvider, type TestProvider } from '@vestibule/testing/openid-provider';
import { signInUpstream, type UpstreamFailure, type UpstreamOptions } from '@vestibule/upstream';
import { type SeedFile, startApp, type TestApp } from '../../support/app.ts';
import { type AttackClient, newClient } from './client.ts';

/** A server whose people sign in at a provider, and a client of it. */
export interface UpstreamWorld {
  readonly app: TestApp;
  readonly provider: TestProvider;
  readonly client: AttackClient;
  readonly failures: readonly UpstreamFailure[];
  /** Begins an authorization in a browser. Returns where the browser is sent at the provider. */
  begin(browser: Browser): Promise<URL>;
  /** Begins an authorization, signs in at the provider and returns. */
  signIn(browser?: Browser): Promise<Shown>;
}

/** Starts both, until the end of the test. */
export async function startUpstream(
  seed?: SeedFile,
  more: Pick<UpstreamOptions, 'groups'> = {},
): Promise<UpstreamWorld> {
  const provider = await startOpenIdProvider();
  const { issuer, clientId, clientSecret } = provider;
  const failures: UpstreamFailure[] = [];
  const onFailure = (failure: UpstreamFailure): void => void failures.push(failure);
  const signIn = signInUpstream({ issuer, clientId, clientSecret, onFailure, ...more });
  const app = await startApp(seed, { signIn });
  const client = await newClient(app);
  const begin = async (browser: Browser): Promise<URL> => {
    const { away, page } = await browser.open(client.url());
    if (away === undefined) throw new Error(page.text);
    return away;
  };
  return {
    app,
    provider,
    client,
    failures,
    begin,
    signIn: async (browser = newBrowser()) => browser.open(await provider.signIn(await begin(browser))),
  };
}
