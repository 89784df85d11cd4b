import type { DynamicClient, MetadataDocumentClient } from '@vestibule/core';
import type { PartialRealmSettings } from '@vestibule/core/realm';
import { realmWith } from './realm.ts';
import { openCli } from './test-cli.ts';

export const NOW = Date.parse('2026-11-30T12:00:00Z');
const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const OPEN = { metadataDocuments: { open: true } };
export const CLAUDE_CODE = 'https://claude.ai/oauth/claude-code-client-metadata';

/** The command line, with a realm in which clients are added as they are after people approved them. */
export async function openRealm(settings: PartialRealmSettings = OPEN) {
  const cli = await openCli([realmWith(settings)]);
  const { clients, grants, people } = cli.database.stores;
  let number = 0;

  /** Lets people approve a client. */
  async function approve(clientId: string, subjects: readonly string[], members: object = {}): Promise<void> {
    for (const subject of subjects) {
      number += 1;
      const id = `grant-${number}`;
      const expiresAt = NOW + DAY;
      await grants.insert({
        realm: 'main',
        id,
        clientId,
        subject,
        resource: 'https://notes.example/mcp',
        scopes: ['notes:read'],
        createdAt: NOW - HOUR,
        expiresAt,
        authentication: { at: NOW - HOUR, methods: [] },
        ...members,
      });
      await grants.open({ realm: 'main', id, at: NOW - HOUR, expiresAt });
    }
  }

  /** Registers an agent's client, which people approved. */
  async function register(name: string, subjects: readonly string[], members: Partial<DynamicClient> = {}) {
    number += 1;
    const id = `dyn-${number}`;
    const redirectUris = ['http://127.0.0.1:4711/callback'];
    await cli.add({ id, name, redirectUris, issuedAt: NOW - 9 * DAY, lastUsedAt: NOW - HOUR, ...members });
    await approve(id, subjects);
    return id;
  }

  /** Has a document in the store, with which people approved its client. Without `subjects` none did. */
  async function describeBy(
    uri: string,
    name: string,
    redirectUris: readonly string[],
    subjects?: readonly string[],
    members: Partial<MetadataDocumentClient> = {},
  ) {
    const client: MetadataDocumentClient = {
      kind: 'metadata-document',
      realm: 'main',
      id: uri,
      version: 1,
      name,
      redirectUris,
      grantTypes: ['authorization_code', 'refresh_token'],
      applicationType: 'native',
      issuedAt: NOW - DAY,
      ...(subjects !== undefined && { lastUsedAt: NOW - HOUR }),
      document: { uri, fetchedAt: NOW - HOUR, expiresAt: NOW + HOUR, fingerprint: 'f' },
      ...members,
    };
    await clients.insert(client);
    await approve(uri, subjects ?? []);
  }
  /** Adds a client that no person has approved. */
  const addUnused = (name: string) =>
    clients.insert({
      kind: 'dynamic',
      realm: 'main',
      id: 'dyn-unused',
      version: 1,
      name,
      redirectUris: ['http://127.0.0.1:4711/callback'],
      grantTypes: ['authorization_code'],
      applicationType: 'native',
      issuedAt: NOW - 60_000,
      registration: {},
    });
  const addPerson = (username: string) =>
    people.insert({ realm: 'main', subject: `sub-${username}`, username, name: username });
  const report = (...args: string[]) => cli.json(['sunset', ...args], { now: NOW });
  const text = async (...args: string[]) => (await cli.call(['sunset', ...args], { now: NOW })).stdout;
  return { ...cli, approve, register, addUnused, describeBy, addPerson, report, text };
}

/** An agent in the report. */
export interface ReportedAgent {
  readonly name: string;
  readonly clients: number;
  readonly people: number;
  readonly ifClosed: string;
  readonly documents: readonly { readonly uri: string; readonly state: string }[];
}
