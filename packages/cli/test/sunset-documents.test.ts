import { fixtures } from '@vestibule/client-fixtures';
import type { MetadataDocumentClient } from '@vestibule/core';
import type { PartialRealmSettings } from '@vestibule/core/realm';
import { sourceOf } from '@vestibule/http';
import { describe, expect, test } from 'vitest';
import { CLAUDE_CODE, DAY, NOW, OPEN, openRealm, type ReportedAgent } from './support/sunset-realm.ts';

describe('vestibule sunset says of the documents of an agent that', () => {
  test('people can use them if the directory of vendors knows them', async () => {
    const { registrar, approve, database, report } = await openRealm({
      ...OPEN,
      registration: { unsupportedTypes: 'narrow', limits: { perAddressPerHour: 100, perRealmPerDay: 100 } },
    });
    const registered: string[] = [];
    for (const { client: agent, registration } of fixtures) {
      const admission = await registrar.admit('main', sourceOf('192.0.2.1'));
      if (admission.outcome !== 'admitted') throw new Error(admission.outcome);
      const outcome = await registrar.register(admission, registration);
      if (outcome.outcome !== 'registered') continue;
      registered.push(agent);
      const { client_id: clientId } = outcome.response;
      await database.stores.clients.touch('main', clientId, NOW);
      await approve(clientId, [`sub-${agent}`]);
    }
    expect(registered.length).toBeGreaterThan(15);
    const reported: readonly ReportedAgent[] = (await report()).agents;
    const found = reported.flatMap(({ name, documents }) =>
      documents.map(({ uri, state }) => [name, uri, state] as const),
    );
    expect(new Set(found)).toEqual(
      new Set([
        ['ChatGPT', 'https://chatgpt.com/oauth/client.json', 'accepted'],
        ['Claude', 'https://claude.ai/oauth/mcp-oauth-client-metadata', 'accepted'],
        ['Claude Code', CLAUDE_CODE, 'accepted'],
        ['Codex', 'https://chatgpt.com/oauth/codex/client.json', 'accepted'],
        ['OpenCode', 'https://opencode.ai/oauth/opencode/client.json', 'accepted'],
        ['Visual Studio Code', 'https://vscode.dev/oauth/client-metadata.json', 'accepted'],
        ['Zed', 'https://zed.dev/oauth/client-metadata.json', 'accepted'],
      ]),
    );
  });

  test.each<[string, PartialRealmSettings]>([
    ['is closed to documents', {}],
    ['does not accept their host', { metadataDocuments: { open: true, allowedHosts: ['other.example'] } }],
    ['refuses their host', { metadataDocuments: { open: true, refusedHosts: ['claude.ai'] } }],
    ['refuses them', { metadataDocuments: { open: true, refusedDocuments: [CLAUDE_CODE] } }],
    ['reserves their name', { ...OPEN, registration: { reservedNames: ['Claude'] } }],
  ])('people cannot use them if the realm %s', async (_, settings) => {
    const { register, report, text } = await openRealm(settings);
    await register('Claude Code', ['sub-ada']);
    expect(await report()).toMatchObject({
      people: { approveAgain: 0, cannotReturn: 1 },
      agents: [{ documents: [{ uri: CLAUDE_CODE, state: 'refused' }], ifClosed: 'cannot-return' }],
    });
    const hint = 'which are known of 1 of these agents: vestibule gates open documents';
    expect((await text()).includes(hint)).toBe(
      settings.metadataDocuments === undefined && !('registration' in settings),
    );
  });

  test.each<[string, Partial<MetadataDocumentClient>]>([
    ['an operator blocked it', { blockedAt: NOW - 1 }],
    [
      'it was not fetched for too long',
      { document: { uri: CLAUDE_CODE, fetchedAt: 0, expiresAt: NOW - 8 * DAY, fingerprint: 'f' } },
    ],
  ])('people cannot use one that is stored if %s', async (_, members) => {
    const { register, describeBy, report } = await openRealm();
    await register('Claude Code', ['sub-ada']);
    await describeBy(CLAUDE_CODE, 'Claude Code', ['http://localhost/callback'], ['sub-ada'], members);
    expect(await report()).toMatchObject({
      agents: [
        { documents: [{ state: 'refused', people: 0 }], peopleWithDocument: 0, ifClosed: 'cannot-return' },
      ],
    });
  });

  test('one that is used here counts, whether a directory knows it or not', async () => {
    const { register, describeBy, report } = await openRealm();
    const redirectUris = ['https://garden.example/cb'];
    await register('Gardening agent', ['sub-ada'], { redirectUris });
    await describeBy('https://garden.example/a', 'Garden', redirectUris, []);
    await describeBy('https://garden.example/b', 'Garden', ['https://garden.example/other'], ['sub-ada']);
    await describeBy('https://other.example/c', 'Gardening agent', ['https://other.example/cb'], ['sub-ada']);
    await describeBy('https://here.example/d', 'Gardening agent', ['http://localhost/cb'], ['sub-ada']);
    expect((await report()).agents).toMatchObject([
      {
        ifClosed: 'approve-again',
        peopleWithDocument: 1,
        documents: [
          { uri: 'https://garden.example/b', state: 'in-use', likeness: 'destination', people: 1 },
          { uri: 'https://garden.example/a', state: 'accepted' },
        ],
      },
    ]);
    expect((await report()).agents[0].documents).toHaveLength(2);
  });

  test('one that no person approved is not theirs, because strangers have documents stored', async () => {
    const { register, describeBy, report } = await openRealm();
    const redirectUris = ['https://garden.example/cb'];
    await register('Gardening agent', ['sub-ada'], { redirectUris });
    await describeBy('https://stranger.example/c', 'Gardening agent', redirectUris);
    expect(await report()).toMatchObject({ agents: [{ documents: [], ifClosed: 'cannot-return' }] });
  });

  test.each([
    ['has a vendor without hosts', 'https://garden.example/client.json', []],
    ['is at a host that is not the vendor’s', 'https://other.example/client.json', ['garden.example']],
  ])('people cannot use one that a server would refuse because it %s', async (_, uri, hosts) => {
    const documents = [{ uri, name: 'Garden', redirectUris: ['http://127.0.0.1/cb'] }];
    const { register, report } = await openRealm({
      ...OPEN,
      registration: { vendors: [{ name: 'Garden', hosts, documents }] },
    });
    await register('Garden', ['sub-ada']);
    expect(await report()).toMatchObject({
      agents: [{ documents: [{ uri, state: 'refused' }], ifClosed: 'cannot-return' }],
    });
  });

  test('people cannot use one that an operator blocked, although no person approved it before', async () => {
    const { register, describeBy, report } = await openRealm();
    await register('Claude Code', ['sub-ada']);
    const blocked = { blockedAt: NOW - 1 };
    await describeBy(CLAUDE_CODE, 'Claude Code', ['http://localhost/callback'], undefined, blocked);
    expect(await report()).toMatchObject({ agents: [{ documents: [{ state: 'refused' }] }] });
  });

  test('one of a program with another name on this computer is not theirs', async () => {
    const { register, report } = await openRealm();
    await register('Gardening agent', ['sub-ada']);
    expect(await report()).toMatchObject({ agents: [{ documents: [], ifClosed: 'cannot-return' }] });
  });

  test('vendors of the realm have them, too', async () => {
    const uri = 'https://garden.example/client.json';
    const documents = [{ uri, name: 'Garden', redirectUris: ['http://127.0.0.1/cb'] }];
    const vendors = [{ name: 'Garden', hosts: ['garden.example'], documents }];
    const { register, report } = await openRealm({ ...OPEN, registration: { vendors } });
    await register('Garden', ['sub-ada']);
    expect(await report()).toMatchObject({ agents: [{ documents: [{ uri, state: 'accepted' }] }] });
  });
});
