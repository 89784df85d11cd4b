import {
  type Instant,
  isKeysUnavailable,
  type KeysCause,
  type KeysUnavailable,
  type Seconds,
} from '@vestibule/core';
import type { AssertionOptions } from '../options.ts';
import { checkJwksAddress } from './address.ts';
import type { KeySetRequest } from './key-set-fetch.ts';
import { createLocalKeys, isKeySet } from './local.ts';
import type { PublicKeys } from './public-keys.ts';

/** How long fetched keys are used before they are fetched again. */
const GOOD_FOR: Seconds = 600;
/** How long an unknown `kid` stays unknown without another fetch. Anyone can send a `kid`. */
const LOOK_AGAIN_AFTER: Seconds = 30;
/** How long to wait after a failed fetch. */
const RETRY_AFTER: Seconds = 5;
/** The largest key set, in bytes: more than a hundred keys of an operator's choice, and more than twenty of a stranger's. */
const MAX_BYTES = { operator: 65_536, stranger: 16_384 } as const;

/** Where the keys of a party are. */
export interface RemoteKeySource extends Pick<KeySetRequest, 'chosenBy'> {
  readonly owner: string;
  readonly jwksUri: string;
}

/**
 * The keys at an address. They are fetched when they are first needed, and again when they are old or do not include the key
 * of an assertion. Concurrent callers share one fetch.
 *
 * @throws Error if keys may not be fetched from this address, or there is nothing to fetch them with
 */
export function createRemoteKeys(
  { owner, jwksUri: url, chosenBy }: RemoteKeySource,
  { fetch: keySets }: AssertionOptions,
): PublicKeys {
  checkJwksAddress(owner, url);
  if (keySets === undefined) {
    throw new Error(
      `The keys of ${owner} are at a jwksUri, and no fetch was given to get them with. Pass createGuardedFetch() of @vestibule/cimd/node.`,
    );
  }
  let known: { readonly at: Instant; readonly keys: PublicKeys } | undefined;
  let failed: { readonly at: Instant; readonly problem: Problem } | undefined;
  let underWay: Promise<void> | undefined;

  const load = async (now: Instant, cause: KeysCause | undefined): Promise<void> => {
    const request = { url, accept: 'jwks', maxBytes: MAX_BYTES[chosenBy], chosenBy } as const;
    const outcome = await keySets.fetch({ ...request, ...(cause !== undefined && { cause }) });
    if (outcome.ok && isKeySet(outcome.body)) {
      known = { at: now, keys: createLocalKeys(owner, outcome.body) };
      return;
    }
    const problem = outcome.ok ? NO_KEY_SET : outcome;
    // The limit of one network must not keep the keys from others.
    if (problem.reason !== GOVERNED) failed = { at: now, problem };
    throw unavailable(owner, problem);
  };

  /** Waits for the fetch that is under way, or begins one. If a limit of another network ended it, begins one of its own. */
  async function loadOnce(now: Instant, cause: KeysCause | undefined): Promise<void> {
    const shared = underWay;
    if (shared !== undefined) {
      try {
        return await shared;
      } catch (error) {
        if (!isKeysUnavailable(error) || error.keys.reason !== GOVERNED) throw error;
      }
    }
    const own = load(now, cause).finally(() => {
      if (underWay === own) underWay = undefined;
    });
    underWay = own;
    await own;
  }

  /** The keys, fetched again unless that was done within a time. */
  async function keysOfWithin(
    length: Seconds,
    now: Instant,
    cause: KeysCause | undefined,
  ): Promise<PublicKeys | undefined> {
    if (isWithin(length, known?.at, now)) return known?.keys;
    if (failed !== undefined && isWithin(RETRY_AFTER, failed.at, now)) {
      throw unavailable(owner, failed.problem);
    }
    await loadOnce(now, cause);
    return known?.keys;
  }

  return {
    async find(header, now, cause) {
      const keys = (await (await keysOfWithin(GOOD_FOR, now, cause))?.find(header, now)) ?? [];
      if (keys.length > 0) return keys;
      return (await (await keysOfWithin(LOOK_AGAIN_AFTER, now, cause))?.find(header, now)) ?? [];
    },
  };
}

/** The reason of a fetch that a limit of the network of its request prevented. */
const GOVERNED = 'governed';

/** In either direction, so that concurrent requests and clocks that are set back have no effect. */
const isWithin = (length: Seconds, start: Instant | undefined, now: Instant): boolean =>
  start !== undefined && Math.abs(now - start) < length * 1000;

/** Why there are no keys, for the operator. */
type Problem = Pick<KeysUnavailable['keys'], 'reason' | 'detail'>;

const NO_KEY_SET: Problem = {
  reason: 'not-a-key-set',
  detail: 'The response is no JSON Web Key Set (RFC 7517 section 5).',
};

const unavailable = (owner: string, { reason, detail }: Problem): KeysUnavailable =>
  Object.assign(new Error(`The keys of ${owner} cannot be fetched from its jwksUri. ${detail}`), {
    code: 'STORE_UNAVAILABLE',
    retryAfter: RETRY_AFTER,
    keys: { owner, reason, detail },
  } as const);
