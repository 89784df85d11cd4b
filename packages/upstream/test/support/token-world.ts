import { createOperator } from '@vestibule/core/operator';
import { createKeyCipher, createProviderTokenSweeper } from '@vestibule/server';
import { ACTOR } from '@vestibule/testing/operator';
import { hash, randomUUID } from 'node:crypto';
import { OPEN_REALM } from '@vestibule/testing/open-seed';
import { type Browser, handedBack, newBrowser, type Shown } from '@vestibule/testing/browser';
import { exchange, token } from '@vestibule/testing/oauth';
import { providerTokens, type ProviderTokensOptions } from '../../src/index.ts';
import { subjectOf } from '../../src/subject.ts';
import { CALLBACK, KEY_SECRET, signInThere, startWorld } from './world.ts';

const REALM = OPEN_REALM.realm.id;

/** The audience of the provider's tokens for the notes. */
export const AUDIENCE = 'https://notes.example/api';

/** The API of the notes is the first of the realm; its resource is known when the server is. */
const notesApi = {
  scopes: {
    'notes:read': 'notes.read',
    'mcp:read': 'mcp.read',
    'mcp:write': ['mcp.write', 'mcp.create'],
    'notes:admin': 'notes.admin',
  },
  audience: AUDIENCE,
  requestedBy: 'resource',
} as const;

/** A server whose notes have tokens of the provider, with an agent that has registered. */
export async function startTokenWorld(
  options: Partial<ProviderTokensOptions> = {},
  grantTypes?: readonly string[],
) {
  const world = await startWorld(
    {},
    undefined,
    (provider, onFailure, resource) =>
      providerTokens({
        issuer: provider.issuer,
        clientId: provider.clientId,
        clientSecret: provider.clientSecret,
        apis: { [resource]: notesApi },
        onFailure,
        ...options,
      }),
    grantTypes,
  );
  const { provider, stores, tokenProvider } = world;
  const { providerTokens: store } = stores;
  if (store === undefined || tokenProvider === undefined) throw new Error('There is no provider of tokens.');
  const keyCipher = await createKeyCipher([KEY_SECRET]);
  const operator = createOperator({
    ...stores,
    clock: Date.now,
    generateToken: randomUUID,
    hash: (text) => hash('sha256', text, 'base64url'),
  });
  return {
    ...world,
    /** Signs in, approves, and follows the page to the provider. Returns where the provider sends the browser. */
    async approve(browser: Browser = newBrowser(), parameters: Record<string, string> = {}) {
      const consent = await signInThere(world, world.url(parameters), browser);
      return { browser, approved: await browser.decide(consent, 'approve') };
    },
    /** The whole way to a code. */
    async authorize(parameters: Record<string, string> = {}, browser: Browser = newBrowser()) {
      const { approved } = await this.approve(browser, parameters);
      const shown = await browser.open(await provider.signIn(leadsTo(approved)));
      return { browser, shown, arrived: handedBack(shown) };
    },
    /** The whole way to tokens. */
    async tokens(parameters: Record<string, string> = {}) {
      const { arrived, shown } = await this.authorize(parameters);
      if (arrived === undefined) throw new Error(shown.text);
      return (await exchange(world, world.clientId, CALLBACK, arrived)).body;
    },
    revoke: (refreshToken: unknown) =>
      fetch(`${world.issuer}/connect/revoke`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: world.clientId, token: String(refreshToken) }),
      }),
    block: () => operator.clients.block(ACTOR, REALM, world.clientId),
    /** Lets only these groups use the notes. */
    allow: (allowedGroups: readonly string[]) =>
      operator.apis.change(ACTOR, REALM, OPEN_REALM.apis[0]?.id ?? '', { allowedGroups }),
    /** Gives groups to the person who signs in at the provider. */
    setGroups: (groups: readonly string[]) =>
      operator.people.change(ACTOR, REALM, subjectOf(provider.issuer, provider.person.sub), { groups }),
    closeScope: (name: string) => operator.scopes.change(ACTOR, REALM, name, { openToDynamicClients: false }),
    /** Revokes at the provider what belongs to no grant. */
    sweep: () =>
      createProviderTokenSweeper({
        provider: tokenProvider,
        store,
        realm: REALM,
        keyCipher,
        clock: Date.now,
        onError: () => undefined,
      }).sweep(Date.now(), 100),
    orphaned: () => store.listOrphaned(REALM, Date.now(), 100),
    refresh: (refreshToken: unknown) =>
      token(world, {
        grant_type: 'refresh_token',
        client_id: world.clientId,
        refresh_token: String(refreshToken),
      }),
  };
}

/** Where the page leads that sends the browser to the provider. */
export function leadsTo(shown: Shown): URL {
  const href = handedBack(shown);
  if (href === undefined) throw new Error(shown.text);
  return new URL(href.href.replaceAll('&amp;', '&'));
}

/** The claims of a JWT, which is not verified. */
export const claimsOf = (jwt: unknown): Record<string, unknown> =>
  JSON.parse(Buffer.from(String(jwt).split('.')[1] ?? '', 'base64url').toString());

export type TokenWorld = Awaited<ReturnType<typeof startTokenWorld>>;
