import type { ExpiredClient } from '@vestibule/core';

/** A row of an expired client: everything as JSON, and the columns for searches. */
export interface ExpiredRow {
  readonly realm: string;
  readonly id: string;
  /** Its registration beside its other members, as in the row of a client. The kind is left out: only dynamic clients expire. */
  readonly client: string;
  readonly expired_at: number;
}

export function toExpiredRow(expired: ExpiredClient): ExpiredRow {
  const { realm, id, expiredAt, kind: _kind, registration, ...core } = expired;
  const { accessTokenHash: registrationAccessTokenHash, ...others } = registration;
  return {
    realm,
    id,
    client: JSON.stringify({ ...core, ...others, registrationAccessTokenHash }),
    expired_at: expiredAt,
  };
}

export function toExpiredClient(row: ExpiredRow): ExpiredClient {
  const { bounds, softwareStatement, vouchedBy, initialAccessTokenId, ...others } = JSON.parse(row.client);
  const { registrationAccessTokenHash, fingerprint, hibernatedAt, ...core } = others;
  return {
    kind: 'dynamic',
    realm: row.realm,
    id: row.id,
    ...core,
    registration: {
      ...(bounds !== undefined && { bounds }),
      ...(softwareStatement !== undefined && { softwareStatement }),
      ...(vouchedBy !== undefined && { vouchedBy }),
      ...(initialAccessTokenId !== undefined && { initialAccessTokenId }),
      ...(registrationAccessTokenHash !== undefined && { accessTokenHash: registrationAccessTokenHash }),
      ...(fingerprint !== undefined && { fingerprint }),
      ...(hibernatedAt !== undefined && { hibernatedAt }),
    },
    expiredAt: row.expired_at,
  };
}
