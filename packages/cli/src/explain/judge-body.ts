import {
  boundsOf,
  createRegistrar,
  type InitialAccessToken,
  isStoreUnavailable,
  type Judged,
  type Realm,
  type SoftwareStatementVerifier,
} from '@vestibule/core';
import { createMemoryAuditLog, createMemoryClientStore } from '@vestibule/core/memory';
import { randomToken, sha256 } from '@vestibule/http';
import { createMemoryRateLimiter } from '@vestibule/rate-limit';
import { createStatementVerifier } from '@vestibule/software-statements';
import { vendors } from '@vestibule/vendor-directory';
import { reasonOf } from '../errors/reason.ts';
import { Refused } from '../errors/refused.ts';
import type { Surroundings } from '../context/context.ts';
import { readBody } from './body.ts';

/**
 * What a realm's policy makes of a registration, be its door open or closed. Whatever stores are asked are in memory, so
 * that nothing can come of it.
 *
 * @param beside the realms of the same database, whose names and hosts are reserved
 * @param token the initial access token that comes along; it is not used by this
 */
export async function judgeBytes(
  realm: Realm,
  beside: readonly Realm[],
  bytes: Uint8Array,
  { clock }: Pick<Surroundings, 'clock'>,
  token?: InitialAccessToken,
): Promise<Judged> {
  const registrar = createRegistrar({
    realms: { find: async () => realm, list: async () => beside },
    clients: createMemoryClientStore(),
    limiter: createMemoryRateLimiter(),
    audit: createMemoryAuditLog(),
    clock,
    entropy: randomToken,
    hash: sha256,
    vendors,
    statements: verifier(),
  });
  const read = await readBody(bytes);
  if (!read.ok) {
    const { rule, description } = read.refusal;
    return { ok: false, refusal: read.refusal, trace: [{ rule, outcome: 'refused', description }] };
  }
  const judged = await registrar.preview(realm.id, read.value, token && boundsOf(token));
  if (judged === undefined) throw new Error(`The realm ${realm.id} was not found again.`);
  return judged;
}

/** Verifies statements. What stands in the way of that is for the operator to mend. */
function verifier(): SoftwareStatementVerifier {
  const { verify } = createStatementVerifier();
  return {
    verify: async (...question) => {
      try {
        return await verify(...question);
      } catch (error) {
        const what = isStoreUnavailable(error) ? 'cannot be verified just now' : 'cannot be verified';
        throw new Refused(`The software statement ${what}: ${reasonOf(error)}`);
      }
    },
  };
}
