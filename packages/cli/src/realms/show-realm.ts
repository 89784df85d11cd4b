import { isRegistrationOpen, mayTarget } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { apiDocument } from '../apis/show-apis.ts';
import type { CommandContext } from '../context/command-context.ts';
import type { RealmOptions } from '../options/common.ts';
import { printResult } from '../output/print.ts';
import { sheet, type SheetLine } from '../output/sheet.ts';
import { inRealm } from '../realm/in-realm.ts';
import { changedSettings } from '../settings/changed-settings.ts';

/**
 * Prints a realm: its name, issuer, gates, APIs, scopes, and the settings that differ from their defaults.
 *
 * @param id @default the only realm of the database
 * @throws Refused if no realm has this id
 * @throws WrongUsage if no id is given and the database has several realms
 */
export async function showRealm(
  context: CommandContext,
  options: RealmOptions,
  id: string | undefined,
): Promise<void> {
  const chosen = { ...options, ...(id !== undefined && { realm: id }) };
  const realm = await inRealm(context, chosen, async (found) => found.realm);
  const { name, issuer, apis, scopes, settings } = realm;
  const changed = changedSettings(realm);
  printResult(context, options, {
    document: {
      id: realm.id,
      name,
      issuer,
      open: isRegistrationOpen(realm),
      apis: apis.map(apiDocument),
      scopes,
      changedSettings: Object.fromEntries(changed.map(({ setting, value }) => [setting, value])),
    },
    text: () =>
      sheet([
        ['id', realm.id],
        ['name', name],
        ['issuer', issuer],
        ['registration', isRegistrationOpen(realm) ? `open: ${settings.registration.mode}` : 'closed'],
        ...partLines(realm),
        [
          'settings',
          changed.length === 0
            ? 'all have their defaults'
            : changed.map(({ setting, value }) => `${setting}: ${JSON.stringify(value)}`),
        ],
      ]),
  });
}

const partLines = ({ apis, scopes }: Realm): readonly SheetLine[] => [
  [
    'APIs',
    apis.length === 0 ? 'none' : apis.map((api) => `${api.id} (${gate(mayTarget(api))}): ${api.resource}`),
  ],
  [
    'scopes',
    scopes.length === 0
      ? 'none'
      : scopes.map(
          ({ name, openToDynamicClients, description }) =>
            `${name} (${gate(openToDynamicClients)}): ${description}`,
        ),
  ],
];

const gate = (isOpen: boolean): string => (isOpen ? 'open' : 'closed');
