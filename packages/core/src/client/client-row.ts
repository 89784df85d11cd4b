import type { Instant } from '../time.ts';
import type { Client, DynamicClient, MetadataDocumentClient } from './client.ts';
import type { ExpiredClient } from './expired-client.ts';

/**
 * A client as a row of a table: what a store searches for, counts or changes alone has a column, and the other members are one
 * JSON text. So a new member of a client needs no new column.
 */
export interface ClientRow {
  readonly realm: string;
  readonly id: string;
  readonly version: number;
  readonly kind: Client['kind'];
  readonly issued_at: Instant;
  readonly last_used_at: Instant | null;
  readonly blocked_at: Instant | null;
  /** Of the registration. Null for clients that did not register themselves. */
  readonly hibernated_at: Instant | null;
  /** Of the registration. Null for clients that did not register themselves. */
  readonly fingerprint: string | null;
  /** The other members, as JSON. */
  readonly client: string;
}

/** The columns of a {@link ClientRow}, the key first. */
export const CLIENT_COLUMNS: readonly (keyof ClientRow)[] = [
  'realm',
  'id',
  'version',
  'kind',
  'issued_at',
  'last_used_at',
  'blocked_at',
  'hibernated_at',
  'fingerprint',
  'client',
];

/** The row of a client. */
export function toClientRow(client: Client): ClientRow {
  const { realm, id, version, kind, issuedAt, lastUsedAt, blockedAt, ...described } = client;
  const { hibernatedAt, fingerprint, ...registration } = client.kind === 'dynamic' ? client.registration : {};
  return {
    realm,
    id,
    version,
    kind,
    issued_at: issuedAt,
    last_used_at: lastUsedAt ?? null,
    blocked_at: blockedAt ?? null,
    hibernated_at: hibernatedAt ?? null,
    fingerprint: fingerprint ?? null,
    client: JSON.stringify('registration' in described ? { ...described, registration } : described),
  };
}

/** The client of a row. */
export function fromClientRow(row: ClientRow): Client {
  const { realm, id, version, kind, issued_at: issuedAt } = row;
  const client = {
    kind,
    realm,
    id,
    version,
    ...JSON.parse(row.client),
    issuedAt,
    ...(row.last_used_at !== null && { lastUsedAt: row.last_used_at }),
    ...(row.blocked_at !== null && { blockedAt: row.blocked_at }),
  };
  if (kind !== 'dynamic') return client;
  return {
    ...client,
    registration: {
      ...client.registration,
      ...(row.fingerprint !== null && { fingerprint: row.fingerprint }),
      ...(row.hibernated_at !== null && { hibernatedAt: row.hibernated_at }),
    },
  };
}

/** The clients among rows of dynamic clients. */
export const fromDynamicRows = (rows: readonly ClientRow[]): DynamicClient[] =>
  rows.map(fromClientRow).filter((client) => client.kind === 'dynamic');

/** The clients among rows of clients with metadata documents. */
export const fromDocumentRows = (rows: readonly ClientRow[]): MetadataDocumentClient[] =>
  rows.map(fromClientRow).filter((client) => client.kind === 'metadata-document');

/** An expired client as a row of a table. */
export interface ExpiredClientRow {
  readonly realm: string;
  readonly id: string;
  /** The other members, as JSON. */
  readonly client: string;
  readonly expired_at: Instant;
}

/** The row of an expired client. */
export function toExpiredClientRow(expired: ExpiredClient): ExpiredClientRow {
  const { realm, id, expiredAt, kind: _kind, ...described } = expired;
  return { realm, id, client: JSON.stringify(described), expired_at: expiredAt };
}

/** The expired client of a row. */
export const fromExpiredClientRow = ({ realm, id, client, expired_at }: ExpiredClientRow): ExpiredClient => ({
  kind: 'dynamic',
  realm,
  id,
  ...JSON.parse(client),
  expiredAt: expired_at,
});
