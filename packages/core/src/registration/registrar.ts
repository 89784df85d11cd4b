import { isRegistrationOpen } from '../gates/gates.ts';
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
import type { RegistrarOptions } from './registrar-options.ts';
import { refuse } from './refuse.ts';
import type { RegistrationOutcome } from './outcome.ts';
import { register } from './register.ts';
import type { RegistrationSource } from './registration-source.ts';

export interface Registrar {
  /** Whether this realm's door is open. A closed one is to answer as if it did not exist. */
  isOpen(realm: string): Promise<boolean>;
  /** Whether clients of this realm may manage themselves. Where not, nothing is to be there. */
  isManageable(realm: string): Promise<boolean>;
  /**
   * Asks whether somebody may register at all, before what they send is read.
   *
   * @param token the initial access token that came, where one did
   */
  admit(realm: string, source: RegistrationSource, token?: string): Promise<Admission>;
  /** Registers a client: runs the policy, asks the limits, stores, and takes it all down. */
  register(admitted: Admitted, body: unknown): Promise<RegistrationOutcome>;
  /** Takes down a request that could not even be read as a registration, and says what to answer. */
  refuse(admitted: Admitted, refusal: Refusal): Promise<RegistrationOutcome>;
  /**
   * What {@link register} would make of a body, without the limits, and how, rule by rule. Nothing is stored, counted or
   * taken down. `undefined` where there is no such realm.
   *
   * @param bounds as with an initial access token that names these @default none: as without a token
   */
  preview(realm: string, body: unknown, bounds?: ClientBounds): Promise<Judged | undefined>;
  /** Tells a client its own registration. */
  read(request: ManagementRequest): Promise<ReadOutcome>;
  /** Replaces what a client says of itself, judged as a new registration. */
  update(request: ManagementRequest, body: unknown): Promise<UpdateOutcome>;
  /** Deletes a client, and with it what people allowed it. */
  remove(request: ManagementRequest): Promise<RemovalOutcome>;
}

export function createRegistrar(given: RegistrarOptions): Registrar {
  const findNeighbours = createNeighbours(given.realms);
  const options = { policy: dynamicClientPolicy, vendors: [], findNeighbours, ...given };
  const { realms, clock, managementUri } = options;

  return {
    async isOpen(id) {
      const realm = await findRealm(realms, id);
      return realm !== undefined && isRegistrationOpen(realm);
    },
    async isManageable(id) {
      if (managementUri === undefined) return false;
      const realm = await findRealm(realms, id);
      return (
        realm !== undefined && isRegistrationOpen(realm) && realm.settings.registration.management.enabled
      );
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
