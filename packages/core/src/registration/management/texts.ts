import { commitRegistration } from '../../audit/commit-recorded.ts';
import type { AuditEvent } from '../../audit/event.ts';
import type { DynamicClient } from '../../client/client.ts';
import type { CoreChange } from '../../ports/commit.ts';
import type { Registration } from '../../client/registration.ts';
import type { Seconds } from '../../time.ts';
import type { Options } from '../registrar-options.ts';
import { type toRecord, withoutOwnWords } from '../record.ts';

/** The members that a client sets, and what is derived from them. */
export type Words = ReturnType<typeof toRecord> & {
  readonly registration: Pick<Registration, 'softwareStatement' | 'vouchedBy' | 'accessTokenHash'>;
};

/** What an update commits besides the client. */
export interface Beside {
  readonly quotas: readonly Extract<CoreChange, { readonly kind: 'quota.reserve' }>[];
  readonly eventsOf: (next: DynamicClient) => readonly AuditEvent[];
}

/** The result of replacing what a client sets. */
export type Replacement =
  | { readonly outcome: 'replaced'; readonly client: DynamicClient }
  /** Another update or a removal came between. */
  | { readonly outcome: 'conflict' }
  | { readonly outcome: 'limited'; readonly retryAfter: Seconds };

/** Replaces the members that a client sets. A mere use of the client in between does not matter. */
export async function replaceWords(
  options: Pick<Options, 'clients' | 'commit' | 'audit'>,
  read: DynamicClient,
  said: Words,
  beside: Beside,
): Promise<Replacement> {
  const kept = withoutOwnWords(read);
  const next: DynamicClient = {
    ...kept,
    ...said,
    registration: { ...kept.registration, ...said.registration },
  };
  const replacement = { kind: 'client.replace', client: next, expectedVersion: read.version } as const;
  const made = await commitRegistration(options, [replacement, ...beside.quotas], beside.eventsOf(next));
  if (made.committed) return { outcome: 'replaced', client: next };
  if (made.unmet.kind === 'quota.reserve') {
    return { outcome: 'limited', retryAfter: made.unmet.retryAfter };
  }
  const now = await options.clients.find(read.realm, read.id);
  if (now?.kind !== 'dynamic' || wordsOf(now) !== wordsOf(read)) return { outcome: 'conflict' };
  return replaceWords(options, now, said, beside);
}

/** Equal for records that differ only in their use. */
const wordsOf = ({
  version: _version,
  lastUsedAt: _used,
  registration: { hibernatedAt: _slept, ...registration },
  ...words
}: DynamicClient): string => JSON.stringify({ ...words, registration });
