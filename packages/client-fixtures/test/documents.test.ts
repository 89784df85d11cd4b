import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { type CheckOutcome, documents, runDocuments } from '../src/index.ts';
import { checksOf, failuresIn } from './failures.ts';
import {
  type Behavior,
  type Client,
  matchesRight,
  page,
  redirect,
  startServer,
  without,
} from './servers/small-server.ts';

/** The document at a URL of a fixture. */
const documentAt = (url: string): Client | undefined => {
  const found = documents.find(({ document }) => document.client_id === url)?.document;
  return found && { ...found };
};

const some = documents.filter(({ id }) => ['chatgpt', 'codex-cli', 'grok', 'vs-code'].includes(id));

async function failuresOf(behavior: Behavior): Promise<readonly CheckOutcome[]> {
  const { issuer } = await startServer({ documentAt, ...behavior });
  return failuresIn(await runDocuments({ issuer, documents: some }));
}

describe.each(documents.map((fixture) => [fixture.client, fixture] as const))(
  'the document of %s',
  (_, { document, redirects, source }) => {
    test(cite('says how it is known', 'vestibule:client-fixtures:documents'), () => {
      expect(source).toMatch(/20\d\d/);
      expect(new URL(document.client_id).protocol).toBe('https:');
    });

    test(
      cite('has every redirect URI to try, and no URI twice', 'vestibule:client-fixtures:documents'),
      () => {
        const uris = redirects.map(({ uri }) => uri);
        expect(new Set(uris).size).toBe(uris.length);
        expect(uris[0]).toBe(document.redirect_uris[0]);
        expect(uris).toEqual(expect.arrayContaining([...document.redirect_uris]));
        for (const { works, like } of redirects) expect(works).toBe(like === undefined);
      },
    );
  },
);

const redirectsOf = (id: string): ReadonlyMap<string, boolean> =>
  new Map(documents.find((one) => one.id === id)?.redirects.map(({ uri, works }) => [uri, works]));

test.each([
  ['claude-code', 'http://localhost/callback', true],
  ['claude-code', 'http://localhost:61234/callback', true],
  ['claude-code', 'http://127.0.0.1:61234/callback', true],
  ['claude-code', 'http://[::1]/callback', false],
  ['goose', 'http://[::1]:61234/oauth_callback', true],
  ['vs-code', 'http://127.0.0.1:33418', true],
  ['vs-code', 'https://vscode.dev/redirect/', false],
  ['grok', 'https://grok.com/connectors-oauth-exchange-code/', true],
  ['grok', 'https://grok.com/connectors-oauth-exchange-code', false],
  ['grok', 'https://console.x.ai/connectors-oauth-exchange-code', false],
])('the document of %s is tried with %s, which works: %s', (id, uri, works) => {
  expect(redirectsOf(id).get(uri)).toBe(works);
});

test(
  cite(
    'a server that does everything right passes with every document',
    'vestibule:client-fixtures:documents-any-server',
  ),
  async () => {
    const { issuer, registrations, clientIds } = await startServer({ documentAt });
    const outcomes = await runDocuments({ issuer });
    expect(outcomes.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(new Set(outcomes.map(({ agent }) => agent))).toEqual(new Set(documents.map(({ id }) => id)));
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['metadata-document']));
    expect(registrations).toEqual([]);
    expect(new Set(clientIds)).toEqual(new Set(documents.map(({ document }) => document.client_id)));
  },
);

test.each<[flaw: string, behavior: Behavior, checks: readonly string[], says: string]>([
  [
    'cannot fetch documents',
    { documentAt: () => undefined },
    ['document.accepted'],
    'The server responded 400 with a page; it should accept the client that https://chatgpt.com/oauth/client.json describes. Can it fetch the document, and does it accept what the document says? If the server has to be told which API the token is for (RFC 8707), give a resource.',
  ],
  [
    'breaks when it fetches',
    { leadOn: (_, response) => page(response, 503), refuse: (_, response) => page(response, 503) },
    ['document.accepted'],
    'The server responded 503; it should accept the client that https://chatgpt.com/oauth/client.json describes.',
  ],
  [
    'sends people elsewhere with an error',
    { leadOn: (_, response) => redirect(response, '/problem?error=invalid_client') },
    ['document.accepted'],
    'problem?error=invalid_client"; it should accept the client that',
  ],
  [
    'does not let public clients authenticate',
    { metadata: (own) => ({ ...own, token_endpoint_auth_methods_supported: ['client_secret_basic'] }) },
    ['metadata.authentication'],
    'token_endpoint_auth_methods_supported is ["client_secret_basic"]; Codex can work with none.',
  ],
  [
    'does not say how clients authenticate',
    { metadata: (own) => without(own, 'token_endpoint_auth_methods_supported') },
    ['metadata.authentication'],
    'token_endpoint_auth_methods_supported is missing; ChatGPT can work with none, private_key_jwt.',
  ],
  [
    'accepts any redirect URI',
    { matches: () => true },
    ['redirects.refuses'],
    'the redirect URI should be refused with a 4xx page, because it lacks the slash at the end.',
  ],
  [
    'ignores slashes at the end',
    {
      matches: (registered, requested) =>
        matchesRight(registered.replace(/\/$/, ''), requested.replace(/\/$/, '')),
    },
    ['redirects.refuses'],
    'because it lacks the slash at the end.',
  ],
  [
    'holds loopback to the port of the document',
    { matches: (registered, requested) => registered === requested },
    ['redirects.accepts'],
    'because an app on this computer takes whatever port is free (RFC 8252 §7.3).',
  ],
])(
  cite('a server that %s fails with metadata documents', 'vestibule:client-fixtures:documents-each-flaw'),
  async (_, behavior, checks, says) => {
    const failures = await failuresOf(behavior);
    expect(checksOf(failures)).toEqual(checks);
    expect(failures.map(({ message }) => message)).toContainEqual(expect.stringContaining(says));
  },
);

test(
  cite(
    'a document that is not accepted is requested once, and its redirect URIs are skipped',
    'vestibule:client-fixtures:documents-gentle',
  ),
  async () => {
    const { issuer, clientIds } = await startServer({ documentAt: () => undefined });
    const outcomes = await runDocuments({ issuer, documents: some });
    expect(clientIds).toHaveLength(some.length);
    for (const { step, outcome } of outcomes) {
      expect(outcome).toBe(step === 'metadata' ? 'passed' : step === 'document' ? 'failed' : 'skipped');
    }
  },
);

test(
  cite(
    'the remaining documents are skipped when the server limits requests',
    'vestibule:client-fixtures:documents-gentle',
  ),
  async () => {
    let count = 0;
    const { issuer } = await startServer({
      documentAt: () => undefined,
      refuse: (_, response) => {
        count += 1;
        if (count === 1) page(response, 400);
        else response.writeHead(429, { 'retry-after': '60' }).end();
      },
    });
    const outcomes = await runDocuments({ issuer, documents: some });
    expect(count).toBe(2);
    expect(outcomes.at(-1)?.message).toBe(
      'The server limits requests (429), so that this document was not tried.',
    );
  },
);

test(
  cite(
    'a server that does not offer documents is not tried with them',
    'vestibule:client-fixtures:documents-any-server',
  ),
  async () => {
    for (const [value, says] of [
      [undefined, 'has no client_id_metadata_document_supported: no agent uses its metadata document there.'],
      ['true', 'says "true", not true, in client_id_metadata_document_supported:'],
    ]) {
      const { issuer, clientIds } = await startServer({
        metadata: (own) => ({ ...own, client_id_metadata_document_supported: value }),
      });
      await expect(runDocuments({ issuer })).rejects.toThrow(says);
      expect(clientIds).toEqual([]);
    }
  },
);
