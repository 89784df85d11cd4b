import { isDoorOpen, openScopes, type Realm, type TokenTerms } from '@vestibule/core';
import { count } from '../output/count.ts';
import { quoted } from '../output/harmless.ts';
import { tell } from '../output/print.ts';
import { shortTime } from '../output/time.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { Surroundings } from '../context/context.ts';
import { tokenDocument } from './token-document.ts';
import { expiryOf, type IssueOptions, termsIn } from './token-terms.ts';

/**
 * Issues an initial access token. The token alone goes to standard output, so that a program can take it; what has to be
 * known of it to standard error.
 */
export async function issueToken(surroundings: Surroundings, options: IssueOptions): Promise<void> {
  const { stderr, clock } = surroundings;
  const expiresAt = expiryOf(options, clock());
  const { realm, now, issued } = await inRealm(surroundings, options, async (hand) => ({
    ...hand,
    issued: await hand.administration.issueToken(hand.realm.id, termsIn(hand.realm, options, expiresAt)),
  }));
  const { record, token } = issued;
  tell(surroundings, options, {
    document: { token, ...tokenDocument(record, now) },
    text: () => token,
  });
  const uses = count(record.maxUses, 'client');
  const lines = [
    `This is the initial access token ${record.id}. It is shown this once, and kept nowhere.`,
    `It is good for ${uses} until ${shortTime(record.expiresAt)}, in the header of a registration: Authorization: Bearer TOKEN`,
    ...remarks(realm, record),
  ];
  stderr.write(`${lines.join('\n')}\n`);
}

/** What keeps the token from doing what it seems to allow. */
function remarks(realm: Realm, { scopes, resources }: TokenTerms): readonly string[] {
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
    ...(isDoorOpen(realm) ? [] : ['The realm’s door is closed: nobody registers before it is opened.']),
    ...(realm.settings.registration.mode === 'anonymous'
      ? ['The realm’s mode is anonymous: nobody looks at tokens before that is changed.']
      : []),
    ...closed.map((gate) => `The ${gate} is closed, and a token opens no gate.`),
  ];
}
