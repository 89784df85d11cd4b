import type { DynamicClient } from '@vestibule/core';
import type { PartialRealmSettings } from '@vestibule/core/realm';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { CLAUDE_CODE, DAY, NOW, OPEN, openRealm, type ReportedAgent } from './support/sunset-realm.ts';

const AGENTS = `agent                         redirects to                  clients  grants  people  last used          if closed      document               URL
Claude Code [unverified]      this computer                 2        3       2       2026-11-30 11:00Z  approve again  in use, by 1 of these  https://claude.ai/oauth/claude-code-client-metadata
Gardening agent [unverified]  app://garden, garden.example  1        1       1       2026-11-30 11:00Z  cannot return  none known
Zed [unverified]              this computer                 1        1       1       2026-11-30 11:00Z  approve again  accepted               https://zed.dev/oauth/client-metadata.json`;

const CONSEQUENCES = `After vestibule gates close realm:
- 4 people lose access at once (5 grants): no refresh and no approval of these clients is accepted. Access tokens that APIs do not introspect stay valid for up to 900 seconds (lifetimes.accessToken).
- 3 people can approve again: this realm accepts a metadata document of each of their agents. Versions of an agent that do not use its document cannot return.
- 1 person cannot return: an agent of theirs has no known metadata document that this realm accepts.
Clients and grants stay stored: opening registration again restores those that have not expired.
To keep new clients out and let these go on: vestibule settings set registration.mode initial-access-token
`;

/** A realm with three agents, of which one has a document that people use. */
async function withAgents(settings?: PartialRealmSettings) {
  const cli = await openRealm(settings);
  await cli.register('Claude Code (notes)', ['sub-ada', 'sub-grace']);
  await cli.register('Claude Code (mail)', ['sub-ada'], { lastUsedAt: NOW - DAY });
  await cli.register('Zed', ['sub-edsger']);
  const redirectUris = ['https://garden.example/cb', 'app://garden/cb'];
  await cli.register('Gardening agent', ['sub-barbara'], { redirectUris });
  await cli.describeBy(CLAUDE_CODE, 'Claude Code', ['http://localhost/callback'], ['sub-grace', 'sub-alan']);
  return cli;
}

describe(cite('vestibule sunset', 'vestibule:operator:sunset'), () => {
  test('prints each agent with its use and its document, and what closing registration does', async () => {
    const { call } = await withAgents();
    expect(await call(['sunset'], { now: NOW })).toEqual({
      code: 0,
      stderr: '',
      stdout: `${AGENTS}\n\n4 registered clients of 3 agents\n\n${CONSEQUENCES}`,
    });
  });

  test('prints the same as JSON', async () => {
    const { report } = await withAgents();
    expect(await report()).toEqual({
      realm: 'main',
      registration: { open: true, mode: 'anonymous' },
      metadataDocuments: { open: true },
      accessTokenLifetime: 900,
      clients: 4,
      clientsNeverUsed: 0,
      grants: 5,
      people: { loseAccess: 4, approveAgain: 3, cannotReturn: 1 },
      agents: [
        {
          name: 'Claude Code',
          verified: false,
          redirectsTo: ['loopback'],
          clients: 2,
          grants: 3,
          people: 2,
          peopleWithDocument: 1,
          lastUsedAt: '2026-11-30T11:00:00.000Z',
          documents: [
            { uri: CLAUDE_CODE, name: 'Claude Code', state: 'in-use', likeness: 'name', people: 2 },
          ],
          ifClosed: 'approve-again',
        },
        expect.objectContaining({ name: 'Gardening agent', documents: [], ifClosed: 'cannot-return' }),
        expect.objectContaining({ name: 'Zed', ifClosed: 'approve-again' }),
      ],
    });
  });

  test('lists people with --people, those who cannot return first', async () => {
    const { text, report, register, addPerson } = await withAgents();
    await addPerson('barbara');
    await register('Zed', ['sub-ada']);
    expect(await text('--people')).toContain(`
person      agents            if closed
barbara     Gardening agent   cannot return
sub-ada     Claude Code, Zed  approve again
sub-edsger  Zed               approve again
sub-grace   Claude Code       approve again
`);
    expect((await report('--people')).people).toMatchObject({
      loseAccess: 4,
      list: [
        {
          subject: 'sub-barbara',
          username: 'barbara',
          agents: ['Gardening agent'],
          ifClosed: 'cannot-return',
        },
        { subject: 'sub-ada', agents: ['Claude Code', 'Zed'], ifClosed: 'approve-again' },
        {},
        {},
      ],
    });
  });

  test('says of a realm without registered clients that closing registration ends nothing', async () => {
    const { text, report, describeBy, addUnused } = await openRealm();
    const none =
      'No client that registered itself is in use in the realm main. Closing registration ends no access.\n';
    expect(await text()).toBe(none);
    await describeBy(CLAUDE_CODE, 'Claude Code', ['http://localhost/callback'], ['sub-ada']);
    expect(await text('--people')).toBe(none);
    await addUnused('Zed');
    expect(await text()).toBe(`${none}1 other registered client was never approved by a person.\n`);
    expect(await report('--people')).toMatchObject({
      clients: 0,
      clientsNeverUsed: 1,
      people: { loseAccess: 0, list: [] },
      agents: [],
    });
  });

  test.each<[string, Partial<DynamicClient>, readonly unknown[]]>([
    ['blocked', { blockedAt: NOW - 1 }, []],
    ['expired', { lastUsedAt: NOW - 500 * DAY }, []],
    ['hibernated', { lastUsedAt: NOW - 100 * DAY }, [['Zed', 0, 'nothing-ends', 1]]],
    ['in use', {}, [['Zed', 1, 'approve-again', 1]]],
  ])('counts no access of a client that is not in use: one that is %s', async (_, members, agents) => {
    const { register, report } = await openRealm();
    await register('Zed', ['sub-ada'], members);
    const reported: readonly ReportedAgent[] = (await report()).agents;
    expect(reported.map(({ name, people, ifClosed, clients }) => [name, people, ifClosed, clients])).toEqual(
      agents,
    );
  });

  test.each<[string, object]>([
    ['is for an API that is closed', { resource: 'https://mail.example' }],
    ['is for a scope that is closed', { scopes: ['notes:admin'] }],
    ['has ended as the person chose', { endsAt: NOW - 1 }],
  ])('counts no access of a grant that %s', async (_, members) => {
    const { register, approve, text, report } = await openRealm();
    await approve(await register('Zed', []), ['sub-ada'], members);
    expect(await report()).toMatchObject({ grants: 0, agents: [{ people: 0, ifClosed: 'nothing-ends' }] });
    expect(await text()).toContain('No person has access through these clients now');
  });

  test('groups by destination, and never a verified client with an unverified one', async () => {
    const issuer = 'https://guild.example';
    const trusted = { name: 'The Guild', issuer, jwksUri: `${issuer}/keys`, algorithms: ['ES256'] } as const;
    const { register, text } = await openRealm({
      ...OPEN,
      registration: { softwareStatements: { issuers: [trusted] } },
    });
    const website = { redirectUris: ['https://garden.example/cb'] };
    await register('Garden', ['sub-ada'], website);
    await register('Garden', ['sub-grace'], { redirectUris: ['https://other.example/cb'] });
    await register('Garden', ['sub-alan'], {
      ...website,
      registration: { vouchedBy: issuer, softwareStatement: 's' },
    });
    const printed = await text();
    expect(printed).toMatch(/^Garden \[unverified\] +garden\.example +1 /m);
    expect(printed).toMatch(/^Garden \[unverified\] +other\.example +1 /m);
    expect(printed).toMatch(/^Garden \[verified by The Guild\] +garden\.example +1 /m);
    expect(printed).toContain('3 registered clients of 3 agents');
  });

  test('prints the name of a stranger so that it cannot control a terminal', async () => {
    const { register, call } = await openRealm();
    await register('Evil\u001B[2J\u202Ename\nZed', ['sub-ada']);
    const { stdout } = await call(['sunset', '--people'], { now: NOW });
    expect(stdout).toContain('Evil(U+001B)[2J(U+202E)name(U+000A)Zed [unverified]');
    const json = await call(['sunset', '--json'], { now: NOW });
    expect(json.stdout).toContain('Evil\\u001b[2J\\u202ename\\nZed');
    expect(JSON.parse(json.stdout)).toMatchObject({ agents: [{ name: 'Evil\u001B[2J\u202Ename\nZed' }] });
  });

  test('reads a realm with many clients, and a client with many grants, page by page', async () => {
    const { register, approve, call, report } = await openRealm();
    const numbers = Array.from({ length: 600 }, (_, number) => number);
    await Promise.all(numbers.map((number) => register(`Agent (${number})`, [])));
    const subjects = numbers.map((number) => `sub-${number}`);
    await Promise.all([register('Agent', subjects.slice(0, 300)), register('Agent', subjects.slice(300))]);
    const last = await register('Agent', []);
    await Promise.all(subjects.map((subject) => approve(last, [subject])));
    expect(await report()).toMatchObject({
      clients: 603,
      grants: 1_200,
      agents: [{ name: 'Agent', clients: 603, people: 600 }],
    });
    const { stderr } = await call(['sunset'], { now: NOW, columns: 120 });
    expect(stderr).toContain('main: 500 clients');
    expect(stderr.endsWith('\r\u001B[2K')).toBe(true);
  });
});

describe('vestibule sunset in a realm', () => {
  test('reports what opening registration would restore if it is closed', async () => {
    const { text, call } = await withAgents();
    await call(['gates', 'close', 'realm']);
    const printed = await text();
    expect(printed).toContain(AGENTS);
    expect(printed).toContain(
      'Registration is closed in the realm main: none of these clients gets or refreshes a token. Opening it restores the access of 4 people (5 grants).\n- 3 people can approve again',
    );
    expect(printed).not.toContain('settings set registration.mode');
  });

  test('does not name the setting that keeps new clients out if the realm has it', async () => {
    const { text } = await withAgents({ ...OPEN, registration: { mode: 'initial-access-token' } });
    const printed = await text();
    expect(printed).toContain('After vestibule gates close realm:');
    expect(printed).not.toContain('settings set registration.mode');
  });
});
