import type { ClientStore, StoredClient } from '@vestibule/core';
import type { Queryable } from '../database/statement.ts';
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

const COLUMNS =
  'realm, id, name, redirect_uris, grant_types, application_type, scope, client_uri, logo_uri, tos_uri, policy_uri, software_id, software_version, contacts, translations, issued_at';

const INSERT = `
  INSERT INTO clients (${COLUMNS})
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT DO NOTHING`;

const SELECT = `SELECT ${COLUMNS} FROM clients WHERE realm = $1 AND id = $2`;

const SELECT_PAGE = `SELECT ${COLUMNS} FROM clients WHERE realm = $1 AND id > $2 ORDER BY id LIMIT $3`;

/** Clients that introduced themselves, on PostgreSQL. */
export function createPostgresClientStore(database: Queryable): ClientStore {
  return {
    find: async (realm, id) => {
      const { rows } = await database.query<ClientRow>({
        name: 'clients.find',
        text: SELECT,
        values: [realm, id],
        reads: true,
      });
      return rows[0] && toClient(rows[0]);
    },
    insert: async (client) => {
      const { rowCount } = await database.query({
        name: 'clients.insert',
        text: INSERT,
        values: toValues(client),
      });
      return rowCount === 1 ? 'inserted' : 'exists';
    },
    list: async (realm, { after = '', limit }) => {
      const { rows } = await database.query<ClientRow>({
        name: 'clients.list',
        text: SELECT_PAGE,
        values: [realm, after, limit + 1],
        reads: true,
      });
      return toPage(rows.map(toClient), limit, ({ id }) => id);
    },
  };
}

/** In the order of {@link COLUMNS}. */
const toValues = (client: StoredClient): readonly (string | number | null)[] => [
  client.realm,
  client.id,
  client.name,
  JSON.stringify(client.redirectUris),
  JSON.stringify(client.grantTypes),
  client.applicationType,
  client.scope === undefined ? null : JSON.stringify(client.scope),
  client.clientUri ?? null,
  client.logoUri ?? null,
  client.tosUri ?? null,
  client.policyUri ?? null,
  client.softwareId ?? null,
  client.softwareVersion ?? null,
  client.contacts === undefined ? null : JSON.stringify(client.contacts),
  client.translations === undefined ? null : JSON.stringify(client.translations),
  client.issuedAt,
];

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
