import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { type InitialAccessToken, whyUnusable } from './initial-access-token.ts';

const token: InitialAccessToken = {
  realm: 'main',
  id: 'iat-1',
  hash: 'h',
  createdAt: 0,
  expiresAt: 100,
  maxUses: 2,
  uses: 0,
};

test.each<[Partial<InitialAccessToken>, number, ReturnType<typeof whyUnusable>]>([
  [{}, 99, undefined],
  [{ uses: 1 }, 99, undefined],
  [{}, 100, 'expired'],
  [{}, 101, 'expired'],
  [{ uses: 2 }, 0, 'spent'],
  [{ uses: 3 }, 0, 'spent'],
  [{ maxUses: 0 }, 0, 'spent'],
  [{ revokedAt: 50 }, 0, 'revoked'],
  [{ revokedAt: 50, uses: 2 }, 100, 'revoked'],
  [{ uses: 2 }, 100, 'expired'],
])(cite('%j at %d: %s', 'vestibule:initial-access-tokens:expiry'), (over, now, why) => {
  expect(whyUnusable({ ...token, ...over }, now)).toBe(why);
});
