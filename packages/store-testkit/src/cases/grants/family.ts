import { strict as assert } from 'node:assert';
import type { Instant } from '@vestibule/core';
import type { Grant, GrantStore, Rotation, RotationOutcome } from '@vestibule/server';
import { grant } from '../../sample/grant.ts';
import { DAY, MINUTE, NOW } from '../../sample/time.ts';

/** The lifetime of refresh tokens in these cases. */
export const LIFETIME: number = 7 * DAY;

/** The grace period in these cases, in which a used refresh token returns the same successor. */
export const GRACE: number = MINUTE;

/** A family of refresh tokens: its grant and its realm. */
export interface Family {
  readonly realm: string;
  readonly id: string;
}

export const MAIN: Family = { realm: 'main', id: 'one' };

/** The grant of a family after it was opened or refreshed at a time. */
export const grantOf = ({ realm, id }: Family, at: Instant = NOW): Grant => ({
  ...grant({ realm, key: id }),
  expiresAt: at + LIFETIME,
});

/** Inserts a grant, opens it with its first refresh token, `r1` by default, and finds it. */
export async function openFamily(
  grants: GrantStore,
  family: Family = MAIN,
  hash = 'r1',
  secret?: string,
): Promise<void> {
  const expiresAt = NOW + LIFETIME;
  const token = { hash, expiresAt, ...carried(secret) };
  assert.equal(await grants.insert(grant({ realm: family.realm, key: family.id })), 'inserted');
  assert.equal(await grants.open({ ...family, at: NOW, expiresAt, token }), 'opened');
  assert.deepStrictEqual(await grants.findByRefreshToken(family.realm, hash, secret), grantOf(family));
}

/**
 * The rotation of one token to another. The seed of the other is named after it.
 *
 * @param secret the hash of the family secret that both have
 */
export const rotation = (
  presented: string,
  next: string,
  now: Instant = NOW,
  realm = 'main',
  secret?: string,
): Rotation => ({
  realm,
  presented: { hash: presented, ...carried(secret) },
  successor: { hash: next, seed: `seed-of-${next}`, expiresAt: now + LIFETIME, ...carried(secret) },
  now,
  repeatableSince: now - GRACE,
});

/** Like `rotation`, with tokens that have a family secret. */
export const familyRotation = (presented: string, next: string, now?: Instant, secret = 'family'): Rotation =>
  rotation(presented, next, now, 'main', secret);

const carried = (family: string | undefined): { readonly family?: string } =>
  family === undefined ? {} : { family };

/** What is added to the title of a case whose tokens have a family secret. */
export const withSecret = (secret: string | undefined): string =>
  secret === undefined ? '' : ', with the secret of a family';

export const ROTATED: RotationOutcome = { outcome: 'rotated' };
export const REPLAYED: RotationOutcome = { outcome: 'replayed' };
export const INVALID: RotationOutcome = { outcome: 'invalid' };
export const repeated = (next: string): RotationOutcome => ({ outcome: 'repeated', seed: `seed-of-${next}` });

/** Rotates from token to token, `r1` → `r2` → …, and finds each of them. */
export async function rotateThrough(
  grants: GrantStore,
  hashes: readonly string[],
  realm = 'main',
  secret?: string,
): Promise<void> {
  for (const [i, next] of hashes.entries()) {
    const presented = hashes[i - 1];
    if (presented === undefined) continue;
    assert.deepStrictEqual(await grants.rotate(rotation(presented, next, NOW, realm, secret)), ROTATED);
    assert.equal((await grants.findByRefreshToken(realm, next, secret))?.expiresAt, NOW + LIFETIME);
  }
}

/**
 * Asserts that a family has ended: none of its tokens is known or valid, and nothing is left to end.
 *
 * @param secret the hash of the family secret that the tokens have
 */
export async function assertOver(
  grants: GrantStore,
  hashes: readonly string[],
  { realm, id }: Family = MAIN,
  secret?: string,
): Promise<void> {
  for (const hash of hashes) {
    assert.deepStrictEqual([hash, await grants.findByRefreshToken(realm, hash, secret)], [hash, undefined]);
    const outcome = await grants.rotate(rotation(hash, `${hash}-next`, NOW, realm, secret));
    assert.deepStrictEqual([hash, outcome], [hash, INVALID]);
    assert.equal(await grants.findByRefreshToken(realm, `${hash}-next`, secret), undefined);
  }
  assert.equal(await grants.end(realm, id, NOW), undefined);
}
