import type { Realm } from '@vestibule/core/realm';
import { harmless } from '../output/harmless.ts';

/** The APIs that only the people of some groups may let a client use, whatever kind the client is. */
export const apisForGroups = (
  realm: Pick<Realm, 'apis'>,
): readonly { readonly api: string; readonly allowedGroups: readonly string[] }[] =>
  realm.apis.flatMap(({ id: api, allowedGroups }) =>
    allowedGroups === undefined ? [] : [{ api, allowedGroups }],
  );

/** The same in words, in a line for each. */
export const groupsText = (realm: Pick<Realm, 'apis'>): readonly string[] => {
  const lines = apisForGroups(realm).map(
    ({ api, allowedGroups }) => `  ${harmless(api)}: ${allowedGroups.map(harmless).join(', ')}`,
  );
  return lines.length === 0
    ? []
    : [`Only people of these groups may let a client use these APIs:\n${lines.join('\n')}`];
};
