import type { ClientStore, StoredClient } from '@vestibule/core';
import type { Database } from 'better-sqlite3';
import type { SqliteDatabase } from './database.ts';
import { toPage } from './page.ts';

interface ClientRow {
  readonly realm: string;
  readonly id: string;
  readonly name: string;
  readonly redirect_uris: string;
  readonly grant_types: string;
  readonly application_type: StoredClient['applicationType'];
  readonly scope: string | null;
  readonly client_uri: string | null;
  readonly logo_uri: string | null;
  readonly tos_uri: string | null;
  readonly policy_uri: string | null;
  readonly software_id: string | null;
  readonly software_version: string | null;
  readonly contacts: string | null;
  readonly translations: string | null;
  readonly issued_at: number;
}

export interface ClientWrites {
  readonly insertClient: (client: StoredClient) => 'inserted' | 'exists';
}

export function clientWrites(database: Database): ClientWrites {
  const insert = database.prepare<[ClientRow]>(`
    INSERT INTO clients (realm, id, name, redirect_uris, grant_types, application_type, scope, client_uri, logo_uri, tos_uri, policy_uri, software_id, software_version, contacts, translations, issued_at)
    VALUES (@realm, @id, @name, @redirect_uris, @grant_types, @application_type, @scope, @client_uri, @logo_uri, @tos_uri, @policy_uri, @software_id, @software_version, @contacts, @translations, @issued_at)
    ON CONFLICT DO NOTHING`);
  return { insertClient: (client) => (insert.run(toRow(client)).changes === 1 ? 'inserted' : 'exists') };
}

/** Clients that introduced themselves, on SQLite. */
export function createSqliteClientStore({ prepare, write }: SqliteDatabase): ClientStore {
  const select = prepare<[string, string], ClientRow>('SELECT * FROM clients WHERE realm = ? AND id = ?');
  const selectPage = prepare<[string, string, number], ClientRow>(
    'SELECT * FROM clients WHERE realm = ? AND id > ? ORDER BY id LIMIT ?',
  );
  return {
    insert: (client) => write('insertClient', client),
    find: async (realm, id) => {
      const row = select.get(realm, id);
      return row && toClient(row);
    },
    list: async (realm, { after = '', limit }) =>
      toPage(selectPage.all(realm, after, limit + 1).map(toClient), limit, ({ id }) => id),
  };
}

function toRow(client: StoredClient): ClientRow {
  return {
    realm: client.realm,
    id: client.id,
    name: client.name,
    redirect_uris: JSON.stringify(client.redirectUris),
    grant_types: JSON.stringify(client.grantTypes),
    application_type: client.applicationType,
    scope: client.scope === undefined ? null : JSON.stringify(client.scope),
    client_uri: client.clientUri ?? null,
    logo_uri: client.logoUri ?? null,
    tos_uri: client.tosUri ?? null,
    policy_uri: client.policyUri ?? null,
    software_id: client.softwareId ?? null,
    software_version: client.softwareVersion ?? null,
    contacts: client.contacts === undefined ? null : JSON.stringify(client.contacts),
    translations: client.translations === undefined ? null : JSON.stringify(client.translations),
    issued_at: client.issuedAt,
  };
}

function toClient(row: ClientRow): StoredClient {
  return {
    realm: row.realm,
    id: row.id,
    name: row.name,
    redirectUris: JSON.parse(row.redirect_uris),
    grantTypes: JSON.parse(row.grant_types),
    applicationType: row.application_type,
    ...(row.scope !== null && { scope: JSON.parse(row.scope) }),
    ...(row.client_uri !== null && { clientUri: row.client_uri }),
    ...(row.logo_uri !== null && { logoUri: row.logo_uri }),
    ...(row.tos_uri !== null && { tosUri: row.tos_uri }),
    ...(row.policy_uri !== null && { policyUri: row.policy_uri }),
    ...(row.software_id !== null && { softwareId: row.software_id }),
    ...(row.software_version !== null && { softwareVersion: row.software_version }),
    ...(row.contacts !== null && { contacts: JSON.parse(row.contacts) }),
    ...(row.translations !== null && { translations: JSON.parse(row.translations) }),
    issuedAt: row.issued_at,
  };
}
