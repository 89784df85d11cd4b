import { type Browser, handedBack, newBrowser, type Shown } from '@vestibule/testing/browser';
import { startOpenIdProvider, type TestProvider } from '@vestibule/testing/openid-provider';
import { providerTokens, signInUpstream, type UpstreamFailure } from '@vestibule/upstream';
import { newFolder } from '@vestibule/testing/folder';
import { join } from 'node:path';
import { OPEN_SEED, type SeedFile, startApp, type TestApp } from '../../support/app.ts';
import { type AttackClient, newClient } from './client.ts';

/** The API whose tokens come from the provider, and what the provider calls it. */
export const MAIL = 'https://mail.example';
const MAIL_AUDIENCE = 'https://mail-api.example';

/** Of an authorization request for that API. */
export const FOR_MAIL = { resource: MAIL, scope: 'mcp:read' } as const;

/** A server of which one API has tokens of the provider where people sign in. */
export interface ProviderTokenWorld {
  readonly app: TestApp;
  readonly provider: TestProvider;
  readonly client: AttackClient;
  readonly failures: readonly UpstreamFailure[];
  /** The path of the database. */
  readonly database: string;
  /** Signs in and opens the consent page. */
  consent(browser: Browser, client?: AttackClient): Promise<Shown>;
  /** Signs in and approves. Returns where the page leads the browser at the provider. */
  approve(browser: Browser, client?: AttackClient): Promise<URL>;
  /** How often the provider got a code or a refresh token. */
  tokenRequests(): number;
}

/** Starts both, until the end of the test. */
export async function startProviderTokens(seed: SeedFile = OPEN_SEED): Promise<ProviderTokenWorld> {
  const provider = await startOpenIdProvider();
  const { issuer, clientId, clientSecret } = provider;
  const failures: UpstreamFailure[] = [];
  const onFailure = (failure: UpstreamFailure): void => void failures.push(failure);
  const upstream = { issuer, clientId, clientSecret, onFailure };
  const mail = {
    scopes: { 'mcp:read': 'mail.read' },
    audience: MAIL_AUDIENCE,
    requestedBy: 'resource',
  } as const;
  const database = join(newFolder(), 'tokens.db');
  const app = await startApp(seed, {
    database,
    signIn: signInUpstream(upstream),
    providerTokens: providerTokens({ ...upstream, apis: { [MAIL]: mail } }),
  });
  const client = await newClient(app);
  const consent = async (browser: Browser, of = client): Promise<Shown> => {
    const { away, page } = await browser.open(of.url(FOR_MAIL));
    if (away === undefined) throw new Error(page.text);
    return browser.open(await provider.signIn(away));
  };
  return {
    app,
    provider,
    client,
    failures,
    database,
    consent,
    approve: async (browser, of = client) =>
      leadsTo(await browser.decide(await consent(browser, of), 'approve')),
    tokenRequests: () => provider.requested.filter((path) => path === '/token').length,
  };
}

/** Where the page leads that sends the browser to the provider. */
export function leadsTo(shown: Shown): URL {
  const href = handedBack(shown)?.href;
  if (href === undefined) throw new Error(shown.text);
  return new URL(href.replaceAll('&amp;', '&'));
}

/** The code for the agent on a page, if it has one. */
export const codeOn = (shown: Shown): string | undefined =>
  handedBack(shown)?.searchParams.get('code') ?? undefined;

/** Tokens for the agent, after the whole way in a new browser. */
export async function tokensOf(world: ProviderTokenWorld, client: AttackClient = world.client) {
  const browser = newBrowser();
  const shown = await browser.open(await world.provider.signIn(await world.approve(browser, client)));
  const arrived = handedBack(shown);
  if (arrived === undefined) throw new Error(shown.text);
  return (await client.exchange(arrived, { resource: MAIL })).body;
}
