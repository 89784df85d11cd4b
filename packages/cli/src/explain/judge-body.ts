import { isStoreUnavailable } from '@vestibule/core';
import type { Realm, RealmRecord } from '@vestibule/core/realm';
import {
  boundsOf,
  createRegistrar,
  type InitialAccessToken,
  type Judged,
  type SoftwareStatementVerifier,
} from '@vestibule/core/registration';
import { createMemoryRegistrationStores } from '@vestibule/core/memory';
import { reasonOf, Refused } from '@vestibule/database';
import { randomToken, sha256 } from '@vestibule/http';
import { createStatementVerifier } from '@vestibule/assertions/software-statements';
import { readGuardedFetch } from '@vestibule/node/environment';
import { vendors } from '@vestibule/vendor-directory';
import type { CommandContext } from '../context/command-context.ts';
import { readBody } from './body.ts';

/**
 * Judges a registration request by a realm's policy, even if registration is closed. All stores are in memory, so that
 * nothing is changed.
 *
 * @param siblings all realms of the same database, whose names and hosts are reserved
 * @param token the initial access token that the client presents; its uses are not counted
 */
export async function judgeBytes(
  realm: Realm,
  siblings: readonly RealmRecord[],
  bytes: Uint8Array,
  { clock, env }: Pick<CommandContext, 'clock' | 'env'>,
  token?: InitialAccessToken,
): Promise<Judged> {
  const { clients, audit, commit } = createMemoryRegistrationStores();
  const registrar = createRegistrar({
    realms: { find: async () => realm, list: async () => siblings },
    clients,
    commit,
    audit,
    clock,
    generateToken: randomToken,
    hash: sha256,
    vendors,
    statements: verifier(env),
  });
  const read = await readBody(bytes);
  if (!read.ok) {
    const { rule, description } = read.refusal;
    return { ok: false, refusal: read.refusal, trace: [{ rule, outcome: 'refused', description }] };
  }
  const judged = await registrar.preview(realm.id, read.value, token && boundsOf(token));
  if (judged === undefined) throw new Error(`The registrar did not find the realm ${realm.id}.`);
  return judged;
}

/** Verifies software statements. Failures to verify are errors that the operator can fix. */
function verifier(env: CommandContext['env']): SoftwareStatementVerifier {
  const { verify } = createStatementVerifier({ fetch: readGuardedFetch(env) });
  return {
    verify: async (...question) => {
      try {
        return await verify(...question);
      } catch (error) {
        const what = isStoreUnavailable(error) ? 'cannot be verified at the moment' : 'cannot be verified';
        throw new Refused(`The software statement ${what}: ${reasonOf(error)}`);
      }
    },
  };
}
