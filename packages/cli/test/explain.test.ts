import { fixtures } from '@vestibule/client-fixtures';
import { findRule, type Realm } from '@vestibule/core';
import { cite } from '@vestibule/requirements';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { call } from './support/call.ts';
import { openOffice } from './support/office.ts';
import { realmWith } from './support/realm.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const AGENT = { client_name: 'Garden Agent', redirect_uris: ['https://app.example/callback'] };

/** Whatever of the realm can change when something is registered. */
async function traces({ database }: Awaited<ReturnType<typeof openOffice>>) {
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
    cite('is accepted, rule by rule, and nothing is stored', 'vestibule:command-line:explain'),
    async () => {
      const office = await openOffice();
      const before = await traces(office);
      const file = join(temporaryFolder(), 'body.json');
      writeFileSync(file, JSON.stringify(fixture.registration));
      const ended = await office.call(['explain', file]);
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(ended.stdout).toContain('Accepted by the realm main. This would be registered:\n{');
      expect(ended.stdout).toContain('kept      redirect-uris.count (RFC 7591 §2)');

      const explained = await office.json(['explain', file]);
      expect(explained).toMatchObject({
        realm: 'main',
        outcome: 'accepted',
        metadata: {
          redirect_uris: fixture.registration.redirect_uris,
          token_endpoint_auth_method: 'none',
          response_types: ['code'],
        },
      });
      for (const { rule, source, asks } of explained.trace) {
        expect([rule, source, asks]).toEqual([rule, findRule(rule)?.source, findRule(rule)?.asks]);
      }
      expect(await traces(office)).toEqual(before);
    },
  );
});

test(
  cite(
    'says of each rule what it did, and what it asks',
    'vestibule:command-line:explain',
    'vestibule:policy:trace',
  ),
  async () => {
    const office = await openOffice();
    const body = { ...AGENT, scope: 'notes:read notes:admin', logo_uri: 'ftp://app.example' };
    const { code, stdout } = await office.call(['explain', '-'], { input: JSON.stringify(body) });
    expect(code).toBe(1);
    expect(stdout).toContain(`kept      redirect-uris.count (RFC 7591 §2)
          There are one to ten redirect URIs.
`);
    expect(stdout).toContain(`narrowed  scope.open (RFC 7591 §2)
          scope is an upper bound, cut to what is open to clients that register themselves. A bound that leaves nothing is none.
          from  notes:read notes:admin
          to    notes:read
`);
    expect(stdout).toContain(`refused   claimed-uris.web (RFC 7591 §2, §5)
          Pages about the client are https addresses. They are never fetched.
          why   logo_uri 'ftp://app.example' must be an https URL`);
    expect(stdout.split('\n').slice(-3)).toEqual([
      'Refused by the realm main. The client would be told invalid_client_metadata [claimed-uris.web].',
      '          https://main.example/connect/rules#claimed-uris.web',
      '',
    ]);
  },
);

describe('ends with 1 where it is refused', () => {
  test.each<[string, string, string, string]>([
    ['no body', '', 'body.json', 'invalid_client_metadata'],
    ['no JSON', '{', 'body.json', 'invalid_client_metadata'],
    ['a member twice', '{"scope":"a","scope":"b"}', 'body.repeated-member', 'invalid_client_metadata'],
    ['too much', `"${'x'.repeat(70_000)}"`, 'body.size', 'invalid_client_metadata'],
    ['no object', '[]', 'metadata.object', 'invalid_client_metadata'],
    ['no redirect URIs', '{}', 'redirect-uris.count', 'invalid_redirect_uri'],
    [
      'a statement that is none',
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
    const { call: ask } = await openOffice();
    const ended = await ask(['explain', '-', '--json'], { input });
    expect(ended.code).toBe(1);
    const explained = JSON.parse(ended.stdout);
    expect(explained).toMatchObject({ outcome: 'refused', error });
    expect(explained.trace.at(-1)).toMatchObject({
      rule,
      outcome: 'refused',
      asks: findRule(rule)?.asks,
      docs: `https://main.example/connect/rules#${rule}`,
    });
  });
});

test('text that is not UTF-8 is refused', async () => {
  const office = await openOffice();
  const file = join(temporaryFolder(), 'latin1.json');
  writeFileSync(file, Buffer.from('{"client_name":"é"}', 'latin1'));
  expect((await office.call(['explain', file])).stdout).toContain('refused   body.utf-8');
});

test('works behind a closed door, and says what a candidate policy would refuse', async () => {
  const settings = { open: false, candidate: { privateUseSchemes: false } };
  const office = await openOffice([realmWith({ registration: settings })]);
  const input = JSON.stringify({ ...AGENT, redirect_uris: ['gull://callback'] });
  const { code, stdout } = await office.call(['explain', '-'], { input });
  expect(code).toBe(0);
  expect(stdout).toContain('The candidate policy would refuse it, with the error invalid_redirect_uri:\n');
  const before = await traces(office);
  expect(await office.json(['explain', '-'], { input })).toMatchObject({
    outcome: 'accepted',
    candidate: { error: 'invalid_redirect_uri' },
  });
  expect(await traces(office)).toEqual(before);
});

test('an issuer whose keys cannot be had is named, and nothing is said of the statement', async () => {
  const issuer = {
    name: 'Vouch',
    issuer: 'https://vouch.example',
    algorithms: ['ES256'] as const,
  };
  const realm: Realm = realmWith({ registration: { softwareStatements: { issuers: [issuer] } } });
  const office = await openOffice([realm]);
  const statement = ['{"alg":"ES256"}', '{"iss":"https://vouch.example"}', 'x'.repeat(64)]
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
  const input = JSON.stringify({ ...AGENT, software_statement: statement });
  const ended = await office.call(['explain', '-'], { input });
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toMatch(/^The software statement cannot be verified: .*jwks/);
});

describe(cite('with the id of an initial access token', 'vestibule:command-line:explain'), () => {
  const inTokenRealm = () => openOffice([realmWith({ registration: { mode: 'both' } })]);
  const bounds = ['--redirect-host', 'app.example', '--scope', 'notes:read', '--expires-in', '1h'];
  const input = (redirectUri: string): string =>
    JSON.stringify({ ...AGENT, redirect_uris: [redirectUri], scope: 'notes:read' });

  test('it is judged by what the token allows, and no use is counted', async () => {
    const office = await inTokenRealm();
    const { id } = await office.json(['tokens', 'issue', ...bounds]);
    const args = ['explain', '-', '--token-id', id];
    const elsewhere = { input: input('https://stranger.example/callback') };
    expect((await office.call(['explain', '-'], elsewhere)).code).toBe(0);
    const { code, stdout, stderr } = await office.call(args, elsewhere);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toContain('refused   redirect-uris.accepted-host');
    expect(stdout).toContain(`Refused by the realm main, with the initial access token ${id}. `);

    const before = await traces(office);
    expect(await office.json(args, { input: input('https://app.example/callback') })).toMatchObject({
      realm: 'main',
      initialAccessToken: { id, state: 'usable' },
      outcome: 'accepted',
      metadata: { redirect_uris: ['https://app.example/callback'] },
    });
    expect(await traces(office)).toEqual(before);
    expect(await office.json(['tokens', 'list'])).toMatchObject([{ id, uses: 0 }]);
  });

  test('it is said where nobody registers with the token any more', async () => {
    const office = await inTokenRealm();
    const { id } = await office.json(['tokens', 'issue', ...bounds]);
    const asked = { input: input('https://app.example/callback') };
    const args = ['explain', '-', '--token-id', id];
    const later = await office.call(args, { ...asked, now: Date.now() + 3_700_000 });
    expect(later.stderr).toBe(
      `The initial access token ${id} is expired: nobody registers with it any more.\n`,
    );
    await office.call(['tokens', 'revoke', id]);
    expect((await office.call(args, asked)).stderr).toContain(`${id} is revoked: nobody`);
    await office.call(['settings', 'set', 'registration.mode', 'anonymous']);
    expect(await office.call(args, asked)).toMatchObject({
      code: 0,
      stderr: 'No initial access token counts in the realm main, whose mode is anonymous.\n',
    });
  });

  test('refuses an unknown id, and a token itself, which it does not repeat', async () => {
    const office = await inTokenRealm();
    const { token } = await office.json(['tokens', 'issue']);
    const asked = { input: input('https://app.example/callback') };
    expect(await office.call(['explain', '-', '--token-id', 'iat-x'], asked)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'There is no initial access token iat-x in the realm main.\n',
    });
    expect(await office.call(['explain', '-', '--token-id', token], asked)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'That looks like a token itself. What is asked for is its id, as tokens list has it.\n',
    });
  });

  test('it is looked for in a database that there is', async () => {
    const url = `sqlite:${join(temporaryFolder(), 'nowhere.db')}`;
    const ended = await call(['explain', '-', '--token-id', 'a', '--database', url], { input: '{}' });
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no database') });
  });
});

describe('without a realm', () => {
  const input = JSON.stringify({ ...AGENT, scope: 'notes:read' });

  test('shows what the default settings make of it, says so, and makes no database', async () => {
    const file = join(temporaryFolder(), 'nowhere.db');
    const ended = await call(['explain', '-', '--database', `sqlite:${file}`], { input });
    expect(ended).toMatchObject({
      code: 0,
      stderr: `There is no database sqlite:${file}, so that this is what the default settings make of it. No scope is open there.\n`,
    });
    expect(ended.stdout).toContain('dropped   scope.open');
    expect(ended.stdout).toContain('Accepted by the default settings.');
    expect(existsSync(file)).toBe(false);
    const json = await call(['explain', '-', '--json', '--database', 'sqlite::memory:'], { input });
    expect(JSON.parse(json.stdout)).not.toHaveProperty('realm');
  });

  test('also where the database has none yet', async () => {
    const office = await openOffice([]);
    const { code, stderr } = await office.call(['explain', '-'], { input });
    expect(code).toBe(0);
    expect(stderr).toContain(`There is no realm in ${office.url} yet`);
  });

  test('but not where one was named', async () => {
    const url = `sqlite:${join(temporaryFolder(), 'nowhere.db')}`;
    const ended = await call(['explain', '-', '--realm', 'main', '--database', url], { input });
    expect(ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('There is no database'),
    });
    const office = await openOffice([]);
    expect(await office.call(['explain', '-', '--realm', 'main'], { input })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'There is no realm main here. There is none at all.\n',
    });
  });
});

test('a file that cannot be read is named', async () => {
  const ended = await call(['explain', '/nowhere.json']);
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toContain('/nowhere.json cannot be read: ');
});

test('explain knows the other realms of the database, whose hosts are no place of a client’s', async () => {
  const office = await openOffice([realmWith(), realmWith({}, 'other')]);
  const body = JSON.stringify({ ...AGENT, redirect_uris: ['https://other.example/connect/authorize'] });
  const { code, stdout } = await office.call(['explain', '--realm', 'main', '-'], { input: body });
  expect(code).toBe(1);
  expect(stdout).toContain('invalid_redirect_uri [redirect-uris.own-host]');
});
