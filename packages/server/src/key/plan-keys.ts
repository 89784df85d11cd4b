import { after, type Instant, type RealmSettings } from '@vestibule/core';
import type { SigningKey } from '../records/signing-key.ts';

/** What a realm's keys are for at a moment. */
export interface KeyPlan {
  /** Signs what is signed now. Absent: there is none yet. */
  readonly signing: SigningKey | undefined;
  /** Those that tokens may still be signed with, or will be: they stand in the JWKS. Newest first. */
  readonly published: readonly SigningKey[];
  /** Those that no living token is signed with, and those that are not to be believed any more. */
  readonly retired: readonly SigningKey[];
  /** From when on the key signs that is to be made now. Absent: none is. */
  readonly next: Instant | undefined;
}

/** How long clocks and caches may make a token outlive its time, in seconds. */
const MARGIN = 300;

/**
 * What a realm's keys are for, as follows from the time and its settings alone: every process comes to the same.
 * A key is published before it signs and as long as tokens of it live, so that no valid token is lost by a change.
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
  const published = keys.filter((key, index) => !isOver(key, index));
  return {
    signing: published.find(({ signsFrom }) => signsFrom <= now) ?? published.at(-1),
    published,
    retired: keys.filter(isOver),
    next: nextSigns(),
  };

  function nextSigns(): Instant | undefined {
    if (newest === undefined || isDisowned(newest)) return now;
    const isDue =
      newest.algorithm !== algorithm ||
      newest.createdAt < replaceMadeBefore ||
      after(newest.signsFrom, rotateAfter - publishBefore) <= now;
    return isDue ? after(now, publishBefore) : undefined;
  }
}
