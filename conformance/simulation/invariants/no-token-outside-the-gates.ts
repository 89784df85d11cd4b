import { withDefaultSettings, type RealmRecord } from '@vestibule/core/realm';
import { type Entry, factsOf } from '../history/history.ts';
import type { Evidence, Invariant } from './invariant.ts';

/** Whether a dynamic client can have these scopes of this API. Written apart from the program that is tested. */
function areOpen(
  { settings, apis, scopes: known }: RealmRecord,
  resource: string,
  scopes: readonly string[],
): boolean {
  const api = apis.find((candidate) => candidate.resource === resource);
  return (
    withDefaultSettings(settings).registration.open &&
    api?.openToDynamicClients === true &&
    scopes.every(
      (name) =>
        api.scopes.includes(name) && known.some((scope) => scope.name === name && scope.openToDynamicClients),
    )
  );
}

/** The states of a realm while something happened. */
function statesDuring(
  { realmStates }: Evidence,
  realm: string,
  { began, ended }: Entry,
): readonly RealmRecord[] {
  const ofRealm = realmStates.filter((state) => state.realm.id === realm);
  const before = ofRealm.findLast(({ since }) => since <= began.order);
  const during = ofRealm.filter(({ since }) => since > began.order && since <= (ended?.order ?? Infinity));
  return [...(before === undefined ? [] : [before]), ...during].map((state) => state.realm);
}

export const noTokenOutsideTheGates: Invariant = {
  name: 'no token outside the gates',
  check: (evidence) => {
    const { history, realmStates } = evidence;
    // Clients of other servers do not know the gates.
    if (realmStates.length === 0) return [];
    const isOutside = (entry: Entry, realm: string, resource: string, scopes: readonly string[]): boolean =>
      !statesDuring(evidence, realm, entry).some((state) => areOpen(state, resource, scopes));
    return [
      ...factsOf(history, 'tokens').flatMap(({ entry, fact: { realm, resource, scopes } }) =>
        isOutside(entry, realm, resource, scopes)
          ? [`Entry ${entry.number} issued ${scopes.join(' ')} for ${resource} while a gate was closed.`]
          : [],
      ),
      ...factsOf(history, 'introspected').flatMap(({ entry, fact: { realm, resource, scopes, isActive } }) =>
        isActive && isOutside(entry, realm, resource, scopes)
          ? [
              `In entry ${entry.number} ${scopes.join(' ')} for ${resource} was active while a gate was closed.`,
            ]
          : [],
      ),
    ];
  },
};
