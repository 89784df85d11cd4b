import type { AuditFacts, RegistrationEvent } from '../audit/event.ts';
import type { StoredClient } from '../client/stored-client.ts';
import { isDoorOpen } from '../gates/gates.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import type { RegistrationJudgement } from '../policy/judge.ts';
import { judgeRegistration } from '../policy/judge.ts';
import type { Rule } from '../policy/rule.ts';
import { selfIntroduced } from '../policy/self-introduced.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { ClientStore } from '../ports/client-store.ts';
import type { Clock, Entropy } from '../ports/clock.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import type { RealmDirectory } from '../ports/realm-directory.ts';
import { findRealm } from '../realm/find.ts';
import type { Realm } from '../realm/realm.ts';
import type { Refusal } from '../refusal.ts';
import type { Seconds } from '../time.ts';
import { registrationLimits } from './limits.ts';
import { toStoredClient } from './record.ts';
import type { ClientInformationResponse } from './response.ts';
import { toClientInformationResponse } from './response.ts';

/** What a registrar needs from outside. */
export interface RegistrarOptions {
  readonly realms: RealmDirectory;
  readonly clients: ClientStore;
  readonly limiter: RateLimiter;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly entropy: Entropy;
  /** @default {@link selfIntroduced} */
  readonly policy?: Rule;
}

/** Where a registration came from. */
export interface RegistrationSource {
  /** The network address, for the audit. */
  readonly ip: string;
  /** What the limit for one address counts: the address, or its /64 where it is IPv6. */
  readonly addressKey: string;
}

/** What became of a registration. Every outcome but `closed` is an audit event. */
export type RegistrationOutcome =
  | { readonly outcome: 'registered'; readonly response: ClientInformationResponse }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  | { readonly outcome: 'limited'; readonly retryAfter: Seconds }
  | { readonly outcome: 'closed' };

export interface Registrar {
  /** Whether this realm's door is open. A closed one is to answer as if it did not exist. */
  isOpen(realm: string): Promise<boolean>;
  /** Registers a client: reads the body, runs the policy, asks the limits, stores, and takes it all down. */
  register(realm: string, body: unknown, source: RegistrationSource): Promise<RegistrationOutcome>;
  /** Takes down a request that could not even be read as a registration. */
  refuse(realm: string, refusal: Refusal, source: RegistrationSource): Promise<void>;
  /** What {@link register} would make of a body, without the limits. Nothing is stored, counted or taken down. */
  preview(realm: string, body: unknown): Promise<RegistrationJudgement | undefined>;
}

export function createRegistrar(options: RegistrarOptions): Registrar {
  const { realms, clients, limiter, audit, clock, entropy, policy = selfIntroduced } = options;

  const judge = (realm: Realm, body: unknown): RegistrationJudgement =>
    judgeRegistration(body, policy, { settings: realm.settings.registration, scopes: realm.scopes });

  async function store(realm: string, metadata: EffectiveClientMetadata): Promise<StoredClient> {
    const client = toStoredClient(metadata, { realm, id: `dyn-${entropy()}`, issuedAt: clock() });
    return (await clients.insert(client)) === 'inserted' ? client : store(realm, metadata);
  }

  return {
    async isOpen(id) {
      const realm = await findRealm(realms, id);
      return realm !== undefined && isDoorOpen(realm);
    },

    async preview(id, body) {
      const realm = await findRealm(realms, id);
      return realm && judge(realm, body);
    },

    async refuse(id, { rule, description }, { ip }) {
      await audit.record({ type: 'registration.refused', realm: id, at: clock(), ip, rule, description });
    },

    async register(id, body, { ip, addressKey }) {
      const realm = await findRealm(realms, id);
      if (realm === undefined || !isDoorOpen(realm)) return { outcome: 'closed' };
      const record = (event: AuditFacts<RegistrationEvent>): Promise<void> =>
        audit.record({ ...event, realm: id, at: clock(), ip });

      const judgement = judge(realm, body);
      if (!judgement.ok) {
        const { rule, description } = judgement.refusal;
        await record({ type: 'registration.refused', rule, description });
        return { outcome: 'refused', refusal: judgement.refusal };
      }

      const limited = await registrationLimits(limiter, realm, addressKey);
      if (limited !== undefined) {
        await record({ type: 'registration.limited', limit: limited.limit });
        return { outcome: 'limited', retryAfter: limited.retryAfter };
      }

      const client = await store(id, judgement.metadata);
      const trace = judgement.trace.filter((entry) => entry.outcome !== 'kept');
      await record({ type: 'registration.accepted', clientId: client.id, clientName: client.name, trace });
      return { outcome: 'registered', response: toClientInformationResponse(client, realm) };
    },
  };
}
