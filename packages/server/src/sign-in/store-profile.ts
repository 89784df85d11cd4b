import { memberships } from '@vestibule/core';
import { type ProfileChange, profileChange } from '@vestibule/core/operator';
import type { RequestInfo } from '@vestibule/http';
import { commitRecorded } from '../context/commit-recorded.ts';
import { type AuditContext, eventOf } from '../context/record.ts';
import type { CommitChanges } from '../ports/commit.ts';
import type { PersonStore, StoredPerson } from '../ports/person-store.ts';
import type { AuthenticatedPerson } from './sign-in-method.ts';

/** What profiles are stored with. */
interface ProfileContext extends AuditContext {
  readonly realm: string;
  readonly people: PersonStore;
  readonly commit: CommitChanges;
}

/** How often it is tried: others can change the person at the same moment. */
const ATTEMPTS = 3;

/**
 * Stores what a sign-in method reported of a person, with its event. Something else that is stored of the person at the same moment, by
 * another sign-in or an operator, stays as far as this sign-in does not report it.
 */
export async function storeProfile(
  context: ProfileContext,
  info: RequestInfo,
  authenticated: AuthenticatedPerson,
  attempts: number = ATTEMPTS,
): Promise<void> {
  if (attempts === 0) return;
  const { realm, people } = context;
  const known = await people.findBySubject(realm, authenticated.person.subject);
  const planned = plannedFor(realm, known, authenticated);
  if (planned === undefined) return;
  const stored = await commitRecorded(context, [planned.change], [eventOf(context, info, planned.event)]);
  if (!stored.committed) await storeProfile(context, info, authenticated, attempts - 1);
}

/** A sign-in without a profile reports no groups either. It changes nothing else. */
function plannedFor(
  realm: string,
  known: StoredPerson | undefined,
  { person: { subject, name }, profile }: AuthenticatedPerson,
): ProfileChange | undefined {
  if (profile === undefined) {
    if (known?.reportedGroups === undefined) return undefined;
    const { reportedGroups: _ended, username: _name, passwordHash: _hash, groups: _kept, ...others } = known;
    return profileChange(known, others);
  }
  const { email, emailVerified = false, groups: reportedGroups = [] } = profile;
  return profileChange(known, {
    realm,
    subject,
    name,
    ...(email !== undefined && { email, ...(emailVerified && { emailVerified }) }),
    ...memberships({ reportedGroups }),
  });
}
