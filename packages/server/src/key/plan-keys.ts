import { after, type Instant } from '@vestibule/core';
import type { RealmSettings } from '@vestibule/core/realm';
import type { SigningKey } from '../records/signing-key.ts';

/** The use of a realm's keys at a time. */
export interface KeyPlan {
  /** The key that signs. Absent: none exists yet. */
  readonly signing: SigningKey | undefined;
  /** The keys in the JWKS, which tokens are or will be signed with. Newest first. */
  readonly published: readonly SigningKey[];
  /** The keys that no living token is signed with, and those that are no longer trusted. */
  readonly retired: readonly SigningKey[];
  /** When the key to generate now begins to sign. Absent: no key is needed. */
  readonly next: Instant | undefined;
  /**
   * Until when the same keys and settings result in the same plan; if a key is to be generated, only `next` differs, which
   * counts from now.
   */
  readonly until: Instant;
}

/** How long clocks and caches may keep a token alive past its expiry, in seconds. */
const MARGIN = 300;

/**
 * Plans the use of a realm's keys from the time and its settings only, so that all processes agree. A key is published
 * before it signs and as long as its tokens live, so that a rotation invalidates no token.
 *
 * @param keys newest first
 */
export function planKeys(
  keys: readonly SigningKey[],
  { keys: settings, lifetimes }: Pick<RealmSettings, 'keys' | 'lifetimes'>,
  now: Instant,
): KeyPlan {
  const {
    algorithm,
    rotateAfter,
    publishBefore,
    replaceMadeBefore = -Infinity,
    compromised = false,
  } = settings;
  const [newest] = keys;
  const isDisowned = ({ createdAt }: SigningKey): boolean => compromised && createdAt < replaceMadeBefore;
  const tokensLive = Math.max(lifetimes.accessToken, lifetimes.idToken) + MARGIN;
  const isOver = (key: SigningKey, index: number): boolean =>
    isDisowned(key) || keys.slice(0, index).some(({ signsFrom }) => after(signsFrom, tokensLive) <= now);
  const dueAt = ({ signsFrom }: SigningKey): Instant => after(signsFrom, rotateAfter - publishBefore);
  const published = keys.filter((key, index) => !isOver(key, index));
  const changes = [
    ...keys.map(({ signsFrom }) => signsFrom),
    ...keys.slice(0, -1).map(({ signsFrom }) => after(signsFrom, tokensLive)),
    ...keys.slice(0, 1).map(dueAt),
  ];
  return {
    until: Math.min(...changes.filter((at) => at > now)),
    signing: published.find(({ signsFrom }) => signsFrom <= now) ?? published.at(-1),
    published,
    retired: keys.filter(isOver),
    next: nextSigns(),
  };

  function nextSigns(): Instant | undefined {
    if (newest === undefined || isDisowned(newest)) return now;
    const isDue =
      newest.algorithm !== algorithm || newest.createdAt < replaceMadeBefore || dueAt(newest) <= now;
    return isDue ? after(now, publishBefore) : undefined;
  }
}
