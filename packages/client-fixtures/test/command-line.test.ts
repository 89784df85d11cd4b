import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { documents, fixtures } from '../src/index.ts';
import { createProgress } from '../src/cli/progress.ts';
import { startServer, without } from './servers/small-server.ts';

const BIN = fileURLToPath(new URL('../bin/client-fixtures.mjs', import.meta.url));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const call = (...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [BIN, ...args], (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });

test(
  cite(
    'a server that is right: a table, what was not checked, and 0',
    'vestibule:client-fixtures:table',
    'vestibule:client-fixtures:exit-codes',
  ),
  async () => {
    const { issuer } = await startServer();
    const ended = await call('--issuer', issuer, '--only', 'zed', '--only', 'use-mcp');
    expect(ended).toEqual({
      code: 0,
      stdout: `agent    registration  answer  redirects
use-mcp  ✓ 2           ✓ 6     ✓ 17
zed      ✓ 1           ✓ 6     ✓ 17

– The metadata at ${issuer}/.well-known/oauth-authorization-server has no client_id_metadata_document_supported: no agent uses its metadata document there.

2 agents: 49 passed, 0 failed, 0 skipped
`,
      stderr: '',
    });
  },
);

test(
  cite(
    'a server that is wrong: what failed in sentences, why something was skipped, and 1',
    'vestibule:client-fixtures:table',
    'vestibule:client-fixtures:exit-codes',
  ),
  async () => {
    const { issuer } = await startServer({
      matches: (registered, requested) => registered === requested && !requested.includes('localhost'),
    });
    const ended = await call(
      '--issuer',
      issuer,
      '--registration',
      '--only',
      'vs-code',
      '--only',
      'lm-studio',
    );
    expect(ended).toMatchObject({ code: 1, stderr: '' });
    expect(ended.stdout).toBe(`agent      registration  answer  redirects
lm-studio  ✓ 1           ✓ 6     ✗ 0/18
vs-code    ✓ 1           ✓ 6     ✗ 48/50

lm-studio
  ✗ redirects.accepts http://localhost:1234/callback: The server responded 400 with a page; the redirect URI should be accepted, because it is registered. If the server has to be told which API the token is for (RFC 8707), give a resource.
  ✗ redirects.accepts http://localhost:61234/callback: The server responded 400 with a page; the redirect URI should be accepted, because an app on this computer takes whatever port is free (RFC 8252 §7.3).

vs-code
  ✗ redirects.accepts http://127.0.0.1:61234/: The server responded 400 with a page; the redirect URI should be accepted, because an app on this computer takes whatever port is free (RFC 8252 §7.3).
  ✗ redirects.accepts http://127.0.0.1:33418: The server responded 400 with a page; the redirect URI should be accepted, because it comes back without the slash, which is the same address.

– http://localhost:1234/callback does not work, so that refusing what looks like it says nothing.
  lm-studio

2 agents: 62 passed, 4 failed, 16 skipped
`);
  },
);

describe(
  cite('metadata documents on the command line', 'vestibule:client-fixtures:documents-any-server'),
  () => {
    const both = (url: string) => {
      const found = documents.find(({ document }) => document.client_id === url)?.document;
      return found && { ...found };
    };

    test('a server that offers both is tried with registrations and with documents', async () => {
      const { issuer } = await startServer({ documentAt: both });
      const ended = await call('--issuer', issuer, '--only', 'zed', '--only', 'grok');
      expect(ended).toEqual({
        code: 0,
        stdout: `agent  registration  answer  redirects
zed    ✓ 1           ✓ 6     ✓ 17

agent  metadata  document  redirects
zed    ✓ 1       ✓ 1       ✓ 18
grok   ✓ 1       ✓ 1       ✓ 33

An agent with a metadata document was named to the server by its URL. The server fetches it from there; this command does not.

2 agents: 79 passed, 0 failed, 0 skipped
`,
        stderr: '',
      });
    });

    test('a server without registration is tried with documents, and the exit code is theirs', async () => {
      const { issuer } = await startServer({
        documentAt: both,
        metadata: (own) => without(own, 'registration_endpoint'),
      });
      const { code, stdout } = await call('--issuer', issuer, '--only', 'zed');
      expect(code).toBe(0);
      expect(stdout).toContain('– The metadata at ');
      expect(stdout).toContain(' has no registration_endpoint: no client can register itself there.');
    });

    test('a document that the server cannot fetch is one failure', async () => {
      const { issuer } = await startServer({ documentAt: () => undefined });
      const { code, stdout } = await call('--issuer', issuer, '--documents', '--only', 'zed');
      expect(code).toBe(1);
      expect(stdout).toContain('zed    ✓ 1       ✗ 0/1     –');
      expect(stdout).toContain(
        'zed, with its metadata document\n  ✗ document.accepted: The server responded 400',
      );
      expect(stdout).toContain('– The document is not accepted.\n  zed');
    });

    test('a server without documents is an error if only documents are to be tried', async () => {
      const { issuer, clientIds } = await startServer();
      const { code, stdout, stderr } = await call('--issuer', issuer, '--documents');
      expect([code, stdout, clientIds]).toEqual([2, '', []]);
      expect(stderr).toContain('has no client_id_metadata_document_supported');
    });

    test('--json has the outcomes of both kinds, and why one was not tried', async () => {
      const { issuer } = await startServer({ documentAt: both });
      const { stdout } = await call('--issuer', issuer, '--only', 'zed', '--json');
      const { kinds, notOffered, outcomes } = JSON.parse(stdout);
      expect([kinds, notOffered]).toEqual([['dynamic', 'metadata-document'], []]);
      expect(outcomes[0]).toMatchObject({ agent: 'zed', kind: 'dynamic', step: 'registration' });
      expect(outcomes.at(-1)).toMatchObject({ agent: 'zed', kind: 'metadata-document', step: 'redirects' });
      const other = await startServer();
      const ended = await call('--issuer', other.issuer, '--only', 'zed', '--json');
      expect(JSON.parse(ended.stdout)).toMatchObject({
        kinds: ['dynamic'],
        notOffered: [expect.stringContaining('client_id_metadata_document_supported')],
      });
    });
  },
);

test('a server that limits registrations: that, the agents that were not tried, and 1', async () => {
  const { issuer } = await startServer({
    limit: (response) => {
      response.writeHead(429, { 'retry-after': '60' }).end();
      return true;
    },
  });
  const ended = await call('--issuer', issuer, '--only', 'vs-code', '--only', 'zed');
  expect(ended).toMatchObject({ code: 1, stderr: '' });
  expect(ended.stdout).toContain(`vs-code  –             –       –
zed      –             –       –

– The server limits registrations (429, try again after 60), so that this agent was not tried.
  vs-code, zed
`);
});

test(cite('--json has every outcome, and the same exit code', 'vestibule:client-fixtures:json'), async () => {
  const { issuer } = await startServer({ cors: false });
  const { code, stdout } = await call('--issuer', issuer, '--only', 'use-mcp', '--json');
  const { outcomes, ...others } = JSON.parse(stdout);
  expect([code, others]).toEqual([1, { issuer, kinds: ['dynamic'], notOffered: [] }]);
  expect(outcomes).toHaveLength(25);
  expect(outcomes[1]).toEqual({
    agent: 'use-mcp',
    kind: 'dynamic',
    step: 'registration',
    check: 'registration.readable-by-page',
    outcome: 'failed',
    message: expect.stringContaining('Access-Control-Allow-Origin'),
  });
});

test('--resource is what tokens are requested for', async () => {
  const asked: string[] = [];
  const { issuer } = await startServer({
    leadOn: (_, response) => {
      asked.push(response.req.url ?? '');
      response.writeHead(302, { location: '/sign-in' }).end();
    },
  });
  await call('--issuer', issuer, '--only', 'zed', '--resource', 'https://api.example/mcp');
  expect(new URLSearchParams(asked[0]).get('resource')).toBe('https://api.example/mcp');
});

describe(
  cite('--token is the initial access token that every agent sends', 'vestibule:client-fixtures:token'),
  () => {
    test('agents register with a valid initial access token', async () => {
      const { issuer, registrations } = await startServer({ token: 'good' });
      const { code } = await call(
        '--issuer',
        issuer,
        '--only',
        'zed',
        '--only',
        'use-mcp',
        '--token',
        'good',
      );
      expect([code, registrations.length]).toEqual([0, 2]);
    });

    test.each([
      [
        ['--token', 'bad'],
        'because an initial access token was sent. Is the token valid for one more client?',
      ],
      [[], 'If every client is given one there, give an initial access token.'],
    ])('agents do not register without a valid initial access token: %j', async (more, says) => {
      const { issuer, registrations } = await startServer({ token: 'good' });
      const { code, stdout } = await call('--issuer', issuer, '--only', 'zed', ...more);
      expect([code, registrations.length]).toEqual([1, 0]);
      expect(stdout).toContain(says);
      expect(stdout).not.toContain('bad');
    });
  },
);

describe(
  cite('called wrongly it says so, how it is called, and 2', 'vestibule:client-fixtures:exit-codes'),
  () => {
    test.each([
      [[], '--issuer is missing.'],
      [['--only', 'zed'], '--issuer is missing.'],
      [['--issuer', 'https://id.example', '--only', 'nobody'], 'There is no agent nobody.'],
      [['--issuer', 'https://id.example', '--registration', '--only', 'grok'], 'There is no agent grok.'],
      [
        ['--issuer', 'https://id.example', '--documents', '--only', 'cursor'],
        'There is no agent with a metadata document cursor.',
      ],
      [['--issuer', 'https://id.example', '--fast'], "Unknown option '--fast'"],
      [['https://id.example'], "Unexpected argument 'https://id.example'"],
    ])('%j', async (args, says) => {
      const { code, stdout, stderr } = await call(...args);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/\n\nclient-fixtures --issuer URL/);
      expect(stderr).toContain(says);
    });
  },
);

test('reports that no server was found, with exit code 2', async () => {
  const { issuer } = await startServer({ metadata: () => undefined });
  const { code, stdout, stderr } = await call('--issuer', issuer);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(
    /^No authorization server responds for .+ Is it running, and is this its issuer\?\n$/,
  );
});

test('--help says how it is called, which agents there are, and 0', async () => {
  const { code, stdout } = await call('--help');
  expect(code).toBe(0);
  for (const { id } of [...fixtures, ...documents]) expect(stdout).toContain(id);
  expect(stdout).toContain('It sends the URL of each document as client_id');
});

test('progress is one line on a terminal, and nothing in a file', () => {
  const [first] = fixtures;
  for (const [isTTY, expected] of [
    [true, '\r\u001B[2K1/16 ChatGPT\r\u001B[2K'],
    [false, ''],
  ] as const) {
    let written = '';
    const progress = createProgress({ isTTY, write: (text) => (written += text) }, 16);
    if (first) progress.agent(first);
    progress.end();
    expect(written).toBe(expected);
  }
});
