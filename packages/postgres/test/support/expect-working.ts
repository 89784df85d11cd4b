import type { Stores } from '@vestibule/server';
import { CODE, EXPIRED, HASHES, TERMS } from '@vestibule/testing/earlier-rows';
import { expect } from 'vitest';

/** Schema 5 began authorizations anew that were under way: their codes, which last a minute, are gone. */
const CODES_SINCE = 5;

/** Checks that everything of `rowsOf` works after the migration. */
export async function expectWorking(
  { clients, grants, codes, commit }: Stores,
  version: number,
): Promise<void> {
  const registration = version < 4 ? {} : { fingerprint: 'f', accessTokenHash: 'h' };
  const app = await clients.find('main', 'app');
  expect(app).toMatchObject({ kind: 'dynamic', id: 'app', issuedAt: 7, lastUsedAt: 8, registration });
  const acme = { kind: 'pre-registered', id: 'acme', terms: TERMS };
  if (version >= 5) expect(await clients.find('main', 'acme')).toMatchObject(acme);
  expect(await clients.countAwake('main', 9)).toBe(1);
  expect(await clients.findDue('main', 'dormant', 50, 9)).toEqual([app]);
  expect(await clients.findDue('main', 'unused', 50, 9)).toEqual([]);

  const successor = { hash: 'next', seed: 's', expiresAt: 99 };
  const rotation = { realm: 'main', presented: { hash: 'held' }, successor, now: 50, repeatableSince: 40 };
  expect(await grants.rotate(rotation)).toEqual({ outcome: 'rotated' });
  if (version >= CODES_SINCE) {
    expect(await codes.find('main', 'c', 50)).toEqual(CODE);
    const exchange = await commit([
      { kind: 'code.consume', realm: 'main', key: 'c', at: 50 },
      { kind: 'grant.open', realm: 'main', id: 'n', at: 50, expiresAt: 99 },
    ]);
    expect(exchange).toEqual({ committed: true });
    expect(await codes.find('main', 'c', 50)).toBeUndefined();
  }
  expect(await grants.listOf('main', 'ada', 50)).toHaveLength(2);

  if (version < 6) return;
  const expired = await clients.findExpired('main', 'old');
  const { fingerprint, registrationAccessTokenHash: accessTokenHash } = HASHES;
  const kept = { ...EXPIRED, kind: 'dynamic', realm: 'main', id: 'old' };
  expect(expired).toEqual({ ...kept, registration: { fingerprint, accessTokenHash }, expiredAt: 9 });
  if (expired === undefined) throw new Error('Nothing is kept of the expired client.');
  const { expiredAt: _expiredAt, ...restored } = expired;
  expect(await clients.restore({ ...restored, lastUsedAt: 50 })).toBe('restored');
  expect(await clients.countAwake('main', 9)).toBe(2);
}
