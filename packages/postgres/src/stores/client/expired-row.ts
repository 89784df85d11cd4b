import type { ExpiredClient } from '@vestibule/core';

/** What is kept of an expired client: everything as JSON, and the columns for searches. */
export interface ExpiredRow {
  readonly realm: string;
  readonly id: string;
  readonly client: string;
  readonly expired_at: number;
}

export const toExpiredRow = ({ realm, id, expiredAt, ...client }: ExpiredClient): ExpiredRow => ({
  realm,
  id,
  client: JSON.stringify(client),
  expired_at: expiredAt,
});

export const toExpiredClient = (row: ExpiredRow): ExpiredClient => ({
  realm: row.realm,
  id: row.id,
  ...JSON.parse(row.client),
  expiredAt: row.expired_at,
});
