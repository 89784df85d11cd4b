import { allowsPerson, type Memberships, sameResource } from '@vestibule/core';
import type { Api, Realm } from '@vestibule/core/realm';
import type { PersonStore } from '../ports/person-store.ts';

/** What the groups of people are read with. */
export interface MembershipContext {
  readonly people: Pick<PersonStore, 'findBySubject'>;
}

/**
 * The current groups of a person. For an API that allows every person nothing is read.
 *
 * @returns `undefined` if nothing was read, or nothing is stored of the person
 */
export async function membershipsFor(
  { people }: MembershipContext,
  realm: Pick<Realm, 'id' | 'apis'>,
  resource: string,
  subject: string,
): Promise<Memberships | undefined> {
  const api = realm.apis.find((candidate) => sameResource(candidate.resource, resource));
  return api?.allowedGroups === undefined ? undefined : people.findBySubject(realm.id, subject);
}

/** Whether the person of a grant may still let apps use its API. */
export const isStillAllowed = async (
  context: MembershipContext,
  realm: Pick<Realm, 'id' | 'apis'>,
  api: Api,
  { subject }: { readonly subject: string },
): Promise<boolean> => allowsPerson(api, await membershipsFor(context, realm, api.resource, subject));
