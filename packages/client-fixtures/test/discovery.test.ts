import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { type Fetch, fixtures, runFixtures, ServerNotFound } from '../src/index.ts';
import { type Behavior, startServer, without } from './servers/small-server.ts';

const zed = fixtures.filter(({ id }) => id === 'zed');

test(
  cite(
    'the metadata of an issuer with a path are looked for in three places',
    'vestibule:client-fixtures:any-server',
  ),
  async () => {
    const asked: string[] = [];
    const fetch: Fetch = async (url) => {
      asked.push(String(url));
      return new Response('', { status: 404 });
    };
    await expect(runFixtures({ issuer: 'https://id.example/realms/a', fetch })).rejects.toThrow(
      ServerNotFound,
    );
    expect(asked).toEqual([
      'https://id.example/.well-known/oauth-authorization-server/realms/a',
      'https://id.example/.well-known/openid-configuration/realms/a',
      'https://id.example/realms/a/.well-known/openid-configuration',
    ]);
  },
);

test.each<[what: string, behavior: Behavior, says: string]>([
  ['no metadata', { metadata: () => undefined }, 'Is it running, and is this its issuer?'],
  ['metadata that are no object', { metadata: () => [] }, 'Is it running, and is this its issuer?'],
  [
    'metadata of another issuer',
    { metadata: (own) => ({ ...own, issuer: 'https://other.example' }) },
    'is that of https://other.example, not of',
  ],
  [
    'no registration endpoint',
    { metadata: (own) => without(own, 'registration_endpoint') },
    'has no registration_endpoint: no client can register itself there.',
  ],
  [
    'no authorization endpoint',
    { metadata: (own) => without(own, 'authorization_endpoint') },
    'has no authorization_endpoint.',
  ],
])(
  cite('a server with %s is not tried', 'vestibule:client-fixtures:any-server'),
  async (_, behavior, says) => {
    const { issuer, registrations } = await startServer(behavior);
    await expect(runFixtures({ issuer })).rejects.toThrow(says);
    expect(registrations).toEqual([]);
  },
);

test.each(['id.example', 'ftp://id.example', 'https://id.example/?realm=a', 'https://id.example/#a', ''])(
  '%j is no issuer',
  async (issuer) => {
    await expect(runFixtures({ issuer })).rejects.toThrow(`${issuer} is no issuer`);
  },
);

test('what is asked for at the authorization endpoint is complete, and keeps the query of its address', async () => {
  const asked: URL[] = [];
  const { issuer } = await startServer({
    metadata: (own) => ({
      ...own,
      authorization_endpoint: `${String(own['authorization_endpoint'])}?realm=a`,
    }),
  });
  const fetch: Fetch = (url, init) => {
    asked.push(new URL(url));
    return globalThis.fetch(url, init);
  };
  await runFixtures({ issuer, fetch, fixtures: zed, resource: 'https://api.example' });
  expect(Object.fromEntries(asked.at(-1)?.searchParams ?? [])).toEqual({
    realm: 'a',
    response_type: 'code',
    client_id: 'client-1',
    redirect_uri: 'https://127.0.0.1:49152/callback',
    resource: 'https://api.example',
    state: expect.stringMatching(/^[\w-]{22}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  });
});

/** Metadata of an API at this path of the issuer. */
const apiAt = (path: string, over: object = {}): NonNullable<Behavior['api']> => ({
  path: `/.well-known/oauth-protected-resource${path}`,
  says: (issuer) => ({ resource: `${issuer}${path}`, authorization_servers: [issuer], ...over }),
});

describe(cite('the API that tokens are requested for', 'vestibule:client-fixtures:resource'), () => {
  test.each<[string, Behavior, (issuer: string) => string | null]>([
    [
      'is the first that the server names',
      {
        metadata: (own) => ({ ...own, protected_resources: ['https://a.example', 'https://b.example'] }),
        api: apiAt('/mcp'),
      },
      () => 'https://a.example',
    ],
    ['is found at the server’s own address', { api: apiAt('') }, (issuer) => issuer],
    ['is found where MCP servers are', { api: apiAt('/mcp') }, (issuer) => `${issuer}/mcp`],
    ['is none if nothing names one', {}, () => null],
    [
      'is not one that names another server',
      { api: apiAt('/mcp', { authorization_servers: [] }) },
      () => null,
    ],
    [
      'is not one whose metadata would be elsewhere',
      { api: apiAt('/mcp', { resource: 'https://a.example/mcp' }) },
      () => null,
    ],
    ['is not what is no address', { api: apiAt('/mcp', { resource: 'mcp' }) }, () => null],
  ])('%s', async (_, behavior, expected) => {
    const { issuer, resources } = await startServer(behavior);
    await runFixtures({ issuer, fixtures: zed });
    expect(new Set(resources)).toEqual(new Set([expected(issuer)]));
  });

  test('is the one that is given, before all of these', async () => {
    const { issuer, resources } = await startServer({ api: apiAt('/mcp') });
    await runFixtures({ issuer, fixtures: zed, resource: 'https://given.example' });
    expect(new Set(resources)).toEqual(new Set(['https://given.example']));
  });
});

test('agents that ask for the scopes they are offered ask for those of this server', async () => {
  const { issuer, registrations } = await startServer();
  const bare = await startServer({ metadata: (own) => without(own, 'scopes_supported') });
  const some = fixtures.filter(({ id }) => ['claude-code', 'gemini-cli', 'zed'].includes(id));
  await runFixtures({ issuer, fixtures: some });
  expect(registrations.map(({ scope }) => scope)).toEqual(['read write', 'read write', undefined]);
  await runFixtures({ issuer: bare.issuer, fixtures: some });
  expect(bare.registrations.map(({ scope }) => scope)).toEqual([undefined, '', undefined]);
});
