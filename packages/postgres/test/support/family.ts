import type { Grant, Rotation, Stores } from '@vestibule/server';
import { NOW } from '@vestibule/testing/now';

export { NOW };

const LIFETIME = 1_000_000;

/** A grant that no code has opened. */
export const grant = (id: string): Grant => ({
  realm: 'main',
  id,
  clientId: 'app',
  subject: 'ada',
  resource: 'https://a.example',
  scopes: ['a'],
  createdAt: NOW,
  expiresAt: NOW + 60_000,
  authentication: { at: NOW, methods: [] },
});

const secretOf = (family: string | undefined) => (family === undefined ? {} : { family });

/** Opens a grant with its first refresh token, whose hash is the grant's id. */
export async function openFamily({ grants }: Stores, id: string, family?: string): Promise<void> {
  await grants.insert(grant(id));
  const expiresAt = NOW + LIFETIME;
  await grants.open({
    realm: 'main',
    id,
    at: NOW,
    expiresAt,
    token: { hash: id, expiresAt, ...secretOf(family) },
  });
}

/** A rotation with a grace period of 20 seconds. */
export const rotation = (presented: string, next: string, now: number = NOW, family?: string): Rotation => ({
  realm: 'main',
  presented: { hash: presented, ...secretOf(family) },
  successor: { hash: next, seed: `seed of ${next}`, expiresAt: now + LIFETIME, ...secretOf(family) },
  now,
  repeatableSince: now - 20_000,
});
