import { isRegistrationOpen } from '../gates/gates.ts';
import { createProcessCounts } from '../limits/process-counts.ts';
import { checkOptions } from '../options/check-options.ts';
import type { ClientBounds } from './initial-access-token.ts';
import { dynamicClientPolicy } from '../policy/dynamic-client-policy.ts';
import { findRealm } from '../realm/find.ts';
import { createNeighbours } from '../realm/neighbours.ts';
import type { Refusal } from '../refusal.ts';
import { type Admission, type Admitted, admit } from './admit.ts';
import { judge, type Judged } from './judge.ts';
import { type ReadOutcome, readRegistration } from './management/read.ts';
import { type RemovalOutcome, removeRegistration } from './management/remove.ts';
import type { ManagementRequest } from './management/request.ts';
import { type UpdateOutcome, updateRegistration } from './management/update.ts';
import { isManaging } from './persistence.ts';
import { REGISTRAR_OPTIONS, type RegistrarOptions } from './registrar-options.ts';
import { refuse } from './refuse.ts';
import type { RegistrationOutcome } from './outcome.ts';
import { register } from './register.ts';
import type { RegistrationSource } from './registration-source.ts';

/** Dynamic client registration and its management, for all realms. Made by `createRegistrar`. */
export interface Registrar {
  /** Whether registration is open in this realm. If not, respond as for an unknown path. */
  isOpen(realm: string): Promise<boolean>;
  /** Whether clients of this realm can manage their registration. If not, respond as for an unknown path. */
  isManageable(realm: string): Promise<boolean>;
  /**
   * Checks whether a registration is admitted, before its body is read.
   *
   * @param token the presented initial access token, if any
   */
  admit(realm: string, source: RegistrationSource, token?: string): Promise<Admission>;
  /** Registers a client: evaluates the policy, checks the limits, stores and records. */
  register(admitted: Admitted, body: unknown): Promise<RegistrationOutcome>;
  /** Records a request that could not be read as a registration, and returns the response. */
  refuse(admitted: Admitted, refusal: Refusal): Promise<RegistrationOutcome>;
  /**
   * What {@link register} would do with a body, without the limits, with the trace of the rules. Stores, counts and records
   * nothing. `undefined` if the realm does not exist.
   *
   * @param bounds as with an initial access token with these bounds @default none: as without a token
   * @example
   * ```ts
   * import type { Registrar } from '@vestibule/core/registration';
   *
   * async function explain(registrar: Registrar, body: unknown): Promise<string> {
   *   const judged = await registrar.preview('main', body);
   *   if (judged === undefined) return 'The realm does not exist.';
   *   return judged.ok ? 'It would be registered.' : `${judged.refusal.rule}: ${judged.refusal.description}`;
   * }
   * ```
   */
  preview(realm: string, body: unknown, bounds?: ClientBounds): Promise<Judged | undefined>;
  /** Returns the registration of a client. */
  read(request: ManagementRequest): Promise<ReadOutcome>;
  /** Replaces the metadata of a client, judged like a new registration. */
  update(request: ManagementRequest, body: unknown): Promise<UpdateOutcome>;
  /** Deletes a client and ends its grants. */
  remove(request: ManagementRequest): Promise<RemovalOutcome>;
}

/**
 * Creates the registrar of a server, over its stores.
 *
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 * @example
 * ```ts
 * import { createRegistrar } from '@vestibule/core/registration';
 * import { openDatabase } from '@vestibule/database';
 * import { randomToken, sha256 } from '@vestibule/http';
 *
 * const { stores } = await openDatabase('sqlite:./vestibule.db');
 * const registrar = createRegistrar({
 *   realms: stores.realms,
 *   clients: stores.clients,
 *   commit: stores.commit,
 *   audit: stores.audit,
 *   clock: Date.now,
 *   generateToken: randomToken,
 *   hash: sha256,
 * });
 * ```
 */
export function createRegistrar(given: RegistrarOptions): Registrar {
  checkOptions('createRegistrar', given, REGISTRAR_OPTIONS);
  const findNeighbours = createNeighbours(given.realms);
  const counts = createProcessCounts();
  const options = { policy: dynamicClientPolicy, vendors: [], findNeighbours, counts, ...given };
  const { realms, clock, managementUri } = options;

  return {
    async isOpen(id) {
      const realm = await findRealm(realms, id);
      return realm !== undefined && isRegistrationOpen(realm);
    },
    async isManageable(id) {
      if (managementUri === undefined) return false;
      const realm = await findRealm(realms, id);
      return realm !== undefined && isRegistrationOpen(realm) && isManaging(realm);
    },
    admit: (realm, source, token) => admit(options, realm, source, token),
    register: (admitted, body) => register(options, admitted, body),
    refuse: (admitted, refusal) => refuse(options, admitted, refusal),
    async preview(id, body, bounds) {
      const realm = await findRealm(realms, id);
      return realm && judge(options, realm, body, clock(), bounds);
    },
    read: (request) => readRegistration(options, request),
    update: (request, body) => updateRegistration(options, request, body),
    remove: (request) => removeRegistration(options, request),
  };
}
