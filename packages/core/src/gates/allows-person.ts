import type { Api } from '../realm/realm.ts';

/**
 * The groups of a person. The lists are kept apart: a sign-in replaces what the last sign-in reported and nothing else, and an operator
 * changes what an operator gave. A person is in the groups of both.
 */
export interface Memberships {
  /** Those that an operator gave, sorted and never empty. @default none */
  readonly groups?: readonly string[];
  /** Those that the latest sign-in reported, sorted and never empty. @default none */
  readonly reportedGroups?: readonly string[];
}

/** A rule that a person breaks, whatever the client is. The id is stable. */
export type PersonRule =
  /**
   * The person is in none of the groups that the API allows. As the operator, add the person to one of them, or allow another group:
   * the person then authorizes the app again.
   */
  'api.allowed-groups';

/**
 * Whether a person may let apps use an API, whatever kind the clients are. Called before the consent page, at the person's decision,
 * before and after a trip to a provider that issues tokens, at the code exchange, at every refresh and at introspection, each time with
 * the current realm and the current person, so that a change of either takes effect at once. Names of groups are compared exactly.
 *
 * @param person `undefined` if nothing is stored of them: they are in no group
 */
export function allowsPerson(
  { allowedGroups }: Pick<Api, 'allowedGroups'>,
  person: Memberships | undefined,
): boolean {
  if (allowedGroups === undefined) return true;
  const { groups = [], reportedGroups = [] } = person ?? {};
  return allowedGroups.some((name) => groups.includes(name) || reportedGroups.includes(name));
}

/** Memberships as they are stored: each group once, in order, and no empty list. */
export function memberships({ groups = [], reportedGroups = [] }: Memberships): Memberships {
  return {
    ...(groups.length > 0 && { groups: sorted(groups) }),
    ...(reportedGroups.length > 0 && { reportedGroups: sorted(reportedGroups) }),
  };
}

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].toSorted();
