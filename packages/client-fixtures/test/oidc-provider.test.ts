import { once } from 'node:events';
import { createServer } from 'node:http';
import { type Configuration, Provider } from 'oidc-provider';
import { cite } from '@vestibule/requirements';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type CheckOutcome, documents, fixtures, runDocuments, runFixtures } from '../src/index.ts';

beforeAll(() => {
  // It warns about every default setting.
  vi.spyOn(console, 'info').mockReturnValue();
  vi.spyOn(console, 'warn').mockReturnValue();
});

/** A node-oidc-provider with registration and default settings otherwise. Stopped at the end of the test. */
async function startProvider(configuration: Configuration = {}): Promise<string> {
  const server = createServer();
  server.listen(0, 'localhost');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const issuer = `http://localhost:${typeof address === 'object' ? address?.port : ''}`;
  const provider = new Provider(issuer, { features: { registration: { enabled: true } }, ...configuration });
  server.on('request', provider.callback());
  return issuer;
}

/** The failures: agent, check and redirect URI. */
async function failuresOf(configuration?: Configuration): Promise<readonly (readonly string[])[]> {
  return failuresIn(await runFixtures({ issuer: await startProvider(configuration) }));
}

const failuresIn = (outcomes: readonly CheckOutcome[]): readonly (readonly string[])[] =>
  outcomes
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ agent, check, uri }) => (uri === undefined ? [agent, check] : [agent, check, uri]));

/** Its registration endpoint has no CORS, whatever the configuration. */
const NO_PAGES = ['use-mcp', 'registration.readable-by-page'];

/** It compares paths exactly, and VS Code omits the slash. */
const NO_SLASH = ['vs-code', 'redirects.accepts', 'http://127.0.0.1:33418'];

test(
  cite(
    'as it comes, it takes agents for websites that do not say they are native',
    'vestibule:client-fixtures:oidc-provider',
  ),
  async () => {
    expect(await failuresOf()).toEqual([
      // A web client cannot use a private-use scheme: refused.
      ['cursor', 'registration.accepted'],
      // A web client has one port.
      ['gemini-cli', 'redirects.accepts', 'http://localhost:61234/oauth/callback'],
      ['github-copilot-cli', 'redirects.accepts', 'http://127.0.0.1:61234/'],
      ['lm-studio', 'redirects.accepts', 'http://localhost:61234/callback'],
      ['mcp-typescript-sdk-client-v1', 'redirects.accepts', 'http://localhost:61234/callback'],
      NO_PAGES,
      NO_SLASH,
    ]);
  },
);

test('where native is its default, agents on a computer get through, and those on the web do too', async () => {
  const clientDefaults: Configuration['clientDefaults'] = { application_type: 'native' };
  expect(await failuresOf({ clientDefaults })).toEqual([NO_PAGES, NO_SLASH]);
});

test('where clients are confidential only, it has no place for agents that cannot keep a secret', async () => {
  const clientAuthMethods: Configuration['clientAuthMethods'] = ['client_secret_basic', 'client_secret_post'];
  const failed = await failuresOf({ clientAuthMethods });
  const refused = failed.filter(([, check]) => check === 'registration.accepted').map(([agent]) => agent);
  const asking = fixtures.filter(({ registration }) => registration.token_endpoint_auth_method === 'none');
  expect(refused).toEqual(asking.map(({ id }) => id));
});

describe(
  cite('an oidc-provider with metadata documents', 'vestibule:client-fixtures:documents-any-server'),
  () => {
    const failuresWith = async (
      configuration: Configuration = {},
    ): Promise<readonly (readonly string[])[]> => {
      const issuer = await startProvider({
        features: { clientIdMetadataDocument: { enabled: true, ack: 'draft-02' } },
        fetch: async (url) =>
          Response.json(documents.find(({ document }) => document.client_id === url)?.document),
        ...configuration,
      });
      return failuresIn(await runDocuments({ issuer }));
    };

    test('takes agents on a computer for websites unless their document says native', async () => {
      const failures = await failuresWith();
      expect([...new Set(failures.map(([agent]) => agent))]).toEqual([
        'claude-code',
        'codex-cli',
        'vs-code',
        'zed',
        'goose',
      ]);
      expect(new Set(failures.map(([, check]) => check))).toEqual(new Set(['redirects.accepts']));
    });

    test('accepts every agent if native is its default, except where VS Code omits a slash', async () => {
      expect(await failuresWith({ clientDefaults: { application_type: 'native' } })).toEqual([NO_SLASH]);
    });
  },
);
