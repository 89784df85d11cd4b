import { isRegistrationOpen, openScopes } from '@vestibule/core';
import type { TokenTerms } from '@vestibule/core/operator';
import type { Realm } from '@vestibule/core/realm';
import { count } from '../output/count.ts';
import { quoted } from '../output/harmless.ts';
import { printResult } from '../output/print.ts';
import { shortTime } from '../output/time.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { CommandContext } from '../context/command-context.ts';
import { tokenDocument } from './token-document.ts';
import { expiryOf, type IssueOptions, termsIn } from './token-terms.ts';

/**
 * Issues an initial access token. Standard output contains only the token, so that a program can read it; notes go to
 * standard error.
 */
export async function issueToken(context: CommandContext, options: IssueOptions): Promise<void> {
  const { stderr, clock } = context;
  const expiresAt = expiryOf(options, clock());
  const { realm, now, issued } = await inRealm(context, options, async (realmContext) => ({
    ...realmContext,
    issued: await realmContext.operator.tokens.issue(
      realmContext.actor,
      realmContext.realm.id,
      termsIn(realmContext.realm, options, expiresAt),
    ),
  }));
  const { record, token } = issued;
  printResult(context, options, {
    document: { token, ...tokenDocument(record, now) },
    text: () => token,
  });
  const uses = count(record.maxUses, 'client');
  const lines = [
    `This is the initial access token ${record.id}. It is displayed only once: only its hash is stored.`,
    `It is valid for ${uses} until ${shortTime(record.expiresAt)}. Clients send it with the registration request: Authorization: Bearer TOKEN`,
    ...restrictionNotes(realm, record),
  ];
  stderr.write(`${lines.join('\n')}\n`);
}

/** Notes on closed gates and settings that restrict what the token allows. */
function restrictionNotes(realm: Realm, { scopes, resources }: TokenTerms): readonly string[] {
  const open = openScopes(realm.scopes);
  const closedScopes = scopes?.filter((name) => !open.includes(name)) ?? [];
  const closedApis = realm.apis.filter(
    ({ resource, openToDynamicClients }) => !openToDynamicClients && resources?.includes(resource) === true,
  );
  const closed = [
    ...closedScopes.map((name) => `scope ${quoted(name)}`),
    ...closedApis.map(({ id }) => `API ${quoted(id)}`),
  ];
  return [
    ...(isRegistrationOpen(realm)
      ? []
      : ['Registration in the realm is closed. To open it, run vestibule gates open realm.']),
    ...(realm.settings.registration.mode === 'anonymous'
      ? [
          'The realm ignores initial access tokens, because its mode is anonymous. To change it, run vestibule settings set registration.mode both.',
        ]
      : []),
    ...closed.map((gate) => `The ${gate} is closed. The token does not open it.`),
  ];
}
