import type { MetadataDocumentClient } from '@vestibule/core';
import type { PartialRealmSettings } from '@vestibule/core/realm';
import { createBrowser } from './browser.ts';
import { assertionBy, jwks, withAssertion } from './client-assertion.ts';
import { FRESH_FOR } from './document-hosts.ts';
import { DOCUMENT, openToDocuments, URI } from './open-to-documents.ts';
import { ISSUER, NOTES, VERIFIER } from './set-up.ts';

export const JWKS_URI = 'https://app.example/jwks.json';
export const LOOPBACK = 'http://127.0.0.1:4711/callback';

/** The members of a document whose app only authenticates by a key, and of one whose app may do without. */
export const BY_KEY = { token_endpoint_auth_method: 'private_key_jwt', jwks };
export const EITHER = { token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'], jwks };

/** How a client authenticates a request: by its id alone, or also by an assertion. */
export type Means = 'none' | 'key';

/** A server that is open to documents, and the website of one app, with its document and whatever else is published there. */
export function documentWorld(
  members: Readonly<Record<string, unknown>> = {},
  settings: PartialRealmSettings['metadataDocuments'] = {},
) {
  const world = openToDocuments(settings);
  const { hosts } = world;
  const publish = (next: Readonly<Record<string, unknown>>): void => hosts.publish({ ...DOCUMENT, ...next });
  publish(members);
  const { server, token, answer, authorizeUrl, openConsent, clients, stores } = world;

  const proof = async (means: Means): Promise<Record<string, string>> =>
    means === 'none' ? {} : withAssertion(await assertionBy(URI));

  const exchange = async (code: string, means: Means = 'none', fields: Record<string, string> = {}) =>
    token({
      grant_type: 'authorization_code',
      client_id: URI,
      code,
      code_verifier: VERIFIER,
      resource: NOTES,
      ...(await proof(means)),
      ...fields,
    });

  const refresh = async (refreshToken: unknown, means: Means = 'none', fields: Record<string, string> = {}) =>
    token({
      grant_type: 'refresh_token',
      client_id: URI,
      refresh_token: String(refreshToken),
      ...(await proof(means)),
      ...fields,
    });

  const post = async (path: 'par' | 'revoke', fields: Record<string, string>) => {
    const request = new Request(`${ISSUER}/connect/${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    });
    const response = await (path === 'par' ? server.pushedRequest : server.revoke)(request, {
      ip: '192.0.2.1',
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
  };

  /** Pushes a request. */
  const push = async (means: Means, parameters: Record<string, string | undefined> = {}) =>
    post('par', {
      ...Object.fromEntries(authorizeUrl(URI, parameters).searchParams),
      ...(await proof(means)),
    });

  /** The consent page of a pushed request, in a new browser. */
  async function askPushed(requestUri: string) {
    const browser = createBrowser(server, ISSUER);
    const url = new URL(`${ISSUER}/connect/authorize`);
    url.search = new URLSearchParams({ client_id: URI, request_uri: requestUri }).toString();
    return { browser, consent: await openConsent(browser, url) };
  }

  /** The consent page of a request, in a new browser. */
  async function ask(parameters: Record<string, string | undefined> = {}) {
    const browser = createBrowser(server, ISSUER);
    return { browser, consent: await openConsent(browser, authorizeUrl(URI, parameters)) };
  }

  /** Approves, and returns the response page. */
  const approve = ({ browser, consent }: Awaited<ReturnType<typeof ask>>) =>
    answer(browser, consent, { decision: 'approve' });

  const codeOf = (shown: Awaited<ReturnType<typeof approve>>): string =>
    new URL(shown.view.location).searchParams.get('code') ?? '';

  /** A grant that begins with a request of this means. */
  async function attach(means: Means, parameters: Record<string, string | undefined> = {}) {
    const exchanged = await exchange(codeOf(await approve(await ask(parameters))), means);
    if (exchanged.status !== 200) throw new Error(JSON.stringify(exchanged.body));
    return exchanged.body;
  }

  /** Publishes another document, which the server reads before it is asked the next time. */
  async function changeTo(next: Readonly<Record<string, unknown>>): Promise<void> {
    publish(next);
    world.pass(FRESH_FOR + 1);
    await ask();
  }

  /** The same, at once and without time to pass. */
  async function changeAtOnce(next: Partial<MetadataDocumentClient>): Promise<void> {
    const client = await clients.find('main', URI);
    if (client?.kind !== 'metadata-document') throw new Error('There is no client with a document.');
    await stores.clients.replace({ ...client, ...next }, client.version);
  }

  return {
    ...world,
    publish,
    post,
    exchange,
    refresh,
    revoke: async (text: unknown, means: Means) =>
      post('revoke', { client_id: URI, token: String(text), ...(await proof(means)) }),
    push,
    ask,
    askPushed,
    approve,
    codeOf,
    attach,
    changeTo,
    changeAtOnce,
    /** The URLs of keys that were fetched. */
    keysAsked: () => hosts.asked.filter(({ accept }) => accept === 'jwks').map(({ url }) => url),
  };
}
