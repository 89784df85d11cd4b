import type { GuardedFetch } from '@vestibule/cimd';
import { fixtures } from '@vestibule/client-fixtures';
import { findRule } from '@vestibule/core/policy';
import type { Realm } from '@vestibule/core/realm';
import { cite } from '@vestibule/requirements';
import { temporaryFolder } from '@vestibule/testing/folder';
import { freePort } from '@vestibule/testing/port';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { call } from './support/call.ts';
import { openCli } from './support/test-cli.ts';
import { realmWith } from './support/realm.ts';

const AGENT = { client_name: 'Garden Agent', redirect_uris: ['https://app.example/callback'] };

/** All records that a registration could change. */
async function traces({ database }: Awaited<ReturnType<typeof openCli>>) {
  const { stores } = database;
  const page = { limit: 10 };
  return [
    await stores.clients.list('main', page),
    await stores.audit.list('main', page),
    await stores.realms.list(),
  ];
}

describe.each(fixtures.map((fixture) => [fixture.client, fixture] as const))('%s', (_, fixture) => {
  test(
    cite(
      'its registration request is accepted, rule by rule, and nothing is stored',
      'vestibule:command-line:explain',
    ),
    async () => {
      const cli = await openCli();
      const before = await traces(cli);
      const file = join(temporaryFolder(), 'body.json');
      writeFileSync(file, JSON.stringify(fixture.registration));
      const ended = await cli.call(['explain', file]);
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(ended.stdout).toContain('Accepted by the realm main. This would be registered:\n{');
      expect(ended.stdout).toContain('kept      redirect-uris.count (RFC 7591 §2)');

      const explained = await cli.json(['explain', file]);
      expect(explained).toMatchObject({
        realm: 'main',
        outcome: 'accepted',
        metadata: {
          redirect_uris: fixture.registration.redirect_uris,
          token_endpoint_auth_method: 'none',
          response_types: ['code'],
        },
      });
      for (const { rule, source, requires, fix } of explained.trace) {
        const known = findRule(rule);
        expect([rule, source, requires, fix]).toEqual([rule, known?.source, known?.title, known?.fix]);
      }
      expect(await traces(cli)).toEqual(before);
    },
  );
});

test(
  cite(
    'explain prints the requirement and the outcome of each rule',
    'vestibule:command-line:explain',
    'vestibule:policy:trace',
  ),
  async () => {
    const cli = await openCli();
    const body = { ...AGENT, scope: 'notes:read notes:admin', logo_uri: 'ftp://app.example' };
    const { code, stdout } = await cli.call(['explain', '-'], { input: JSON.stringify(body) });
    expect(code).toBe(1);
    expect(stdout).toContain(`kept      redirect-uris.count (RFC 7591 §2)
          A client has one to ten redirect URIs.
`);
    expect(stdout).toContain(`narrowed  scope.open (RFC 7591 §2)
          scope has valid names, and is cut to the scopes that are open to clients that register themselves.
          from  notes:read notes:admin
          to    notes:read
`);
    expect(stdout).toContain(`refused   claimed-uris.web (RFC 7591 §2, §5)
          Pages about the client are https URLs.
          why   logo_uri 'ftp://app.example' must be an https URL`);
    expect(stdout).toContain('\n          fix   Use https (or http on a loopback host)');
    expect(stdout.split('\n').slice(-3)).toEqual([
      'Refused by the realm main. The client would receive the error invalid_client_metadata [claimed-uris.web].',
      '          https://main.example/connect/rules#claimed-uris.web',
      '',
    ]);
  },
);

describe('explain exits with 1 if the registration request is refused', () => {
  test.each<[string, string, string, string]>([
    ['an empty body', '', 'body.json', 'invalid_client_metadata'],
    ['a body that is not JSON', '{', 'body.json', 'invalid_client_metadata'],
    ['a member twice', '{"scope":"a","scope":"b"}', 'body.repeated-member', 'invalid_client_metadata'],
    ['a body that is too large', `"${'x'.repeat(70_000)}"`, 'body.size', 'invalid_client_metadata'],
    ['a body that is not an object', '[]', 'metadata.object', 'invalid_client_metadata'],
    ['no redirect URIs', '{}', 'redirect-uris.count', 'invalid_redirect_uri'],
    [
      'an invalid software statement',
      JSON.stringify({ ...AGENT, software_statement: 'a.b.c' }),
      'software-statement.valid',
      'invalid_software_statement',
    ],
    [
      'the name of a vendor',
      JSON.stringify({ ...AGENT, client_name: 'ChatGPT' }),
      'client-name.vendor',
      'invalid_client_metadata',
    ],
  ])('%s', async (_, input, rule, error) => {
    const { call: ask } = await openCli();
    const ended = await ask(['explain', '-', '--json'], { input });
    expect(ended.code).toBe(1);
    const explained = JSON.parse(ended.stdout);
    expect(explained).toMatchObject({ outcome: 'refused', error });
    expect(explained.trace.at(-1)).toMatchObject({
      rule,
      outcome: 'refused',
      requires: findRule(rule)?.title,
      fix: findRule(rule)?.fix,
      docs: `https://main.example/connect/rules#${rule}`,
    });
  });
});

test('explain refuses a body that is not UTF-8', async () => {
  const cli = await openCli();
  const file = join(temporaryFolder(), 'latin1.json');
  writeFileSync(file, Buffer.from('{"client_name":"é"}', 'latin1'));
  expect((await cli.call(['explain', file])).stdout).toContain('refused   body.utf-8');
});

test('explain works if registration is closed, and says what a candidate policy would refuse', async () => {
  const settings = { open: false, candidate: { privateUseSchemes: false } };
  const cli = await openCli([realmWith({ registration: settings })]);
  const input = JSON.stringify({ ...AGENT, redirect_uris: ['gull://callback'] });
  const { code, stdout } = await cli.call(['explain', '-'], { input });
  expect(code).toBe(0);
  expect(stdout).toContain('The candidate policy would refuse it, with the error invalid_redirect_uri:\n');
  const before = await traces(cli);
  expect(await cli.json(['explain', '-'], { input })).toMatchObject({
    outcome: 'accepted',
    candidate: { error: 'invalid_redirect_uri' },
  });
  expect(await traces(cli)).toEqual(before);
});

test('explain says why a document does not verify a registration, fetched as the server would fetch it', async () => {
  const cli = await openCli([realmWith({ metadataDocuments: { open: true, verifyRegistrations: true } })]);
  const place = 'https://127.0.0.1:9/client.json';
  const input = JSON.stringify({
    ...AGENT,
    redirect_uris: ['https://127.0.0.1:9/cb'],
    software_id: place,
  });
  const before = await traces(cli);
  const { code, stdout } = await cli.call(['explain', '-'], { input });
  expect(code).toBe(0);
  expect(stdout).toContain(
    `Not verified by 127.0.0.1:9: ${place} cannot be fetched: The address '127.0.0.1' of the host is in 127.0.0.0/8`,
  );
  expect(await cli.json(['explain', '-'], { input })).toMatchObject({
    verifications: [{ host: '127.0.0.1:9', verified: false, document: place, reason: 'unavailable' }],
  });
  expect(await traces(cli)).toEqual(before);
});

test('explain fetches documents with the fetch of its caller', async () => {
  const cli = await openCli([realmWith({ metadataDocuments: { open: true, verifyRegistrations: true } })]);
  const document = 'https://app.example/client.json';
  const documentFetch: GuardedFetch = {
    fetch: async () => ({ ok: false, reason: 'status', detail: 'The status is 404' }),
  };
  const input = JSON.stringify({ ...AGENT, software_id: document });
  expect((await cli.call(['explain', '-'], { input, documentFetch })).stdout).toContain(
    `Not verified by app.example: ${document} cannot be fetched: The status is 404.`,
  );
});

test('explain reports a statement issuer whose keys cannot be fetched, and does not judge the statement', async () => {
  const issuer = {
    name: 'Vouch',
    issuer: 'https://vouch.example',
    algorithms: ['ES256'] as const,
  };
  const softwareStatements = { issuers: [issuer], untrusted: 'ignore' as const };
  const { settings, ...open } = realmWith();
  const registration = { ...settings.registration, softwareStatements };
  const realm: Realm = { ...open, settings: { ...settings, registration } };
  const cli = await openCli([realm]);
  const statement = ['{"alg":"ES256"}', '{"iss":"https://vouch.example"}', 'x'.repeat(64)]
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
  const input = JSON.stringify({ ...AGENT, software_statement: statement });
  const ended = await cli.call(['explain', '-'], { input });
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toMatch(/^The software statement cannot be verified: .*jwks/);
});

test.each([
  ['by default', {}, /The address '127\.0\.0\.1' of the host is in 127\.0\.0\.0\/8/],
  ['with the network allowed', { FETCH_ALLOW: '127.0.0.0/8' }, /The connection failed/],
  ['with an invalid network', { FETCH_ALLOW: '127' }, /^FETCH_ALLOW=127 must be networks, comma-separated/],
])('keys at an address inside are fetched as the server would fetch them, %s', async (_, env, problem) => {
  const issuer = {
    name: 'Vouch',
    issuer: 'https://vouch.example',
    jwksUri: `https://127.0.0.1:${await freePort()}/jwks`,
    algorithms: ['ES256'] as const,
  };
  const { settings, ...open } = realmWith();
  const softwareStatements = { issuers: [issuer], untrusted: 'ignore' as const };
  const registration = { ...settings.registration, softwareStatements };
  const cli = await openCli([{ ...open, settings: { ...settings, registration } }]);
  const statement = ['{"alg":"ES256"}', '{"iss":"https://vouch.example"}', 'x'.repeat(64)]
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
  const input = JSON.stringify({ ...AGENT, software_statement: statement });
  const ended = await cli.call(['explain', '-'], { input, env });
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toMatch(problem);
});

describe(cite('explain --token-id', 'vestibule:command-line:explain'), () => {
  const inTokenRealm = () => openCli([realmWith({ registration: { mode: 'both' } })]);
  const bounds = ['--redirect-host', 'app.example', '--scope', 'notes:read', '--expires-in', '1h'];
  const input = (redirectUri: string): string =>
    JSON.stringify({ ...AGENT, redirect_uris: [redirectUri], scope: 'notes:read' });

  test('judges by the restrictions of the token, and counts no use', async () => {
    const cli = await inTokenRealm();
    const { id } = await cli.json(['tokens', 'issue', ...bounds]);
    const args = ['explain', '-', '--token-id', id];
    const elsewhere = { input: input('https://stranger.example/callback') };
    expect((await cli.call(['explain', '-'], elsewhere)).code).toBe(0);
    const { code, stdout, stderr } = await cli.call(args, elsewhere);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toContain('refused   redirect-uris.accepted-host');
    expect(stdout).toContain(`Refused by the realm main, with the initial access token ${id}. `);

    const before = await traces(cli);
    expect(await cli.json(args, { input: input('https://app.example/callback') })).toMatchObject({
      realm: 'main',
      initialAccessToken: { id, state: 'usable' },
      outcome: 'accepted',
      metadata: { redirect_uris: ['https://app.example/callback'] },
    });
    expect(await traces(cli)).toEqual(before);
    expect(await cli.json(['tokens', 'list'])).toMatchObject([{ id, uses: 0 }]);
  });

  test('warns if clients can no longer register with the token', async () => {
    const cli = await inTokenRealm();
    const { id } = await cli.json(['tokens', 'issue', ...bounds]);
    const asked = { input: input('https://app.example/callback') };
    const args = ['explain', '-', '--token-id', id];
    const later = await cli.call(args, { ...asked, now: Date.now() + 3_700_000 });
    expect(later.stderr).toBe(
      `The initial access token ${id} is expired. Clients can no longer register with it.\n`,
    );
    await cli.call(['tokens', 'revoke', id]);
    expect((await cli.call(args, asked)).stderr).toContain(`${id} is revoked. Clients can no longer`);
    await cli.call(['settings', 'set', 'registration.mode', 'anonymous']);
    expect(await cli.call(args, asked)).toMatchObject({
      code: 0,
      stderr: 'The realm main ignores initial access tokens, because its mode is anonymous.\n',
    });
  });

  test('refuses an unknown id, and a token in place of an id without repeating it', async () => {
    const cli = await inTokenRealm();
    const { token } = await cli.json(['tokens', 'issue']);
    const asked = { input: input('https://app.example/callback') };
    expect(await cli.call(['explain', '-', '--token-id', 'iat-x'], asked)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'The realm main has no initial access token iat-x.\n',
    });
    expect(await cli.call(['explain', '-', '--token-id', token], asked)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'This is a token, not the id of a token. Pass its id, which vestibule tokens list prints.\n',
    });
  });

  test('requires an existing database', async () => {
    const url = `sqlite:${join(temporaryFolder(), 'nowhere.db')}`;
    const ended = await call(['explain', '-', '--token-id', 'a', '--database', url], { input: '{}' });
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('does not exist') });
  });
});

describe('explain without a realm', () => {
  const input = JSON.stringify({ ...AGENT, scope: 'notes:read' });

  test('judges by the default settings, says so, and creates no database', async () => {
    const file = join(temporaryFolder(), 'nowhere.db');
    const ended = await call(['explain', '-', '--database', `sqlite:${file}`], { input });
    expect(ended).toMatchObject({
      code: 0,
      stderr: `The database sqlite:${file} does not exist, so the default settings are used. In them no scope is open.\n`,
    });
    expect(ended.stdout).toContain('dropped   scope.open');
    expect(ended.stdout).toContain('Accepted by the default settings.');
    expect(existsSync(file)).toBe(false);
    const json = await call(['explain', '-', '--json', '--database', 'sqlite::memory:'], { input });
    expect(JSON.parse(json.stdout)).not.toHaveProperty('realm');
  });

  test('judges by the default settings if the database has no realm yet', async () => {
    const cli = await openCli([]);
    const { code, stderr } = await cli.call(['explain', '-'], { input });
    expect(code).toBe(0);
    expect(stderr).toContain(`The database ${cli.url} has no realm yet`);
  });

  test('refuses a named realm that does not exist', async () => {
    const url = `sqlite:${join(temporaryFolder(), 'nowhere.db')}`;
    const ended = await call(['explain', '-', '--realm', 'main', '--database', url], { input });
    expect(ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('does not exist'),
    });
    const cli = await openCli([]);
    expect(await cli.call(['explain', '-', '--realm', 'main'], { input })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'The database has no realm main. It has none yet.\n',
    });
  });
});

test('explain names a file that cannot be read', async () => {
  const ended = await call(['explain', '/nowhere.json']);
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toContain('/nowhere.json cannot be read: ');
});

test('explain refuses redirect URIs at the hosts of other realms in the database', async () => {
  const cli = await openCli([realmWith(), realmWith({}, 'other')]);
  const body = JSON.stringify({ ...AGENT, redirect_uris: ['https://other.example/connect/authorize'] });
  const { code, stdout } = await cli.call(['explain', '--realm', 'main', '-'], { input: body });
  expect(code).toBe(1);
  expect(stdout).toContain('invalid_redirect_uri [redirect-uris.own-host]');
});
