import { profileChange } from '@vestibule/core/operator';
import type { RequestInfo } from '@vestibule/http';
import { commitRecorded } from '../context/commit-recorded.ts';
import { type AuditContext, eventOf } from '../context/record.ts';
import type { CommitChanges } from '../ports/commit.ts';
import type { PersonStore } from '../ports/person-store.ts';
import type { AuthenticatedPerson } from './sign-in-method.ts';

/** What profiles are stored with. */
interface ProfileContext extends AuditContext {
  readonly realm: string;
  readonly people: PersonStore;
  readonly commit: CommitChanges;
}

/**
 * Stores what a sign-in method reported of a person, with its event. If another sign-in of the same person stored something at
 * the same moment, that stays until the next sign-in.
 */
export async function storeProfile(
  context: ProfileContext,
  info: RequestInfo,
  { person: { subject, name }, profile }: AuthenticatedPerson,
): Promise<void> {
  if (profile === undefined) return;
  const { realm, people } = context;
  const { email, emailVerified = false } = profile;
  const reported = {
    realm,
    subject,
    name,
    ...(email !== undefined && { email, ...(emailVerified && { emailVerified }) }),
  };
  const planned = profileChange(await people.findBySubject(realm, subject), reported);
  if (planned === undefined) return;
  await commitRecorded(context, [planned.change], [eventOf(context, info, planned.event)]);
}
