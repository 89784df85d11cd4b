import { type Parsed, parseRealmDocument, type RealmDocument, within } from '@vestibule/core/realm';
import { isPasswordHash } from '../passwords.ts';

/** A realm to create, with its scopes, APIs, people and pre-registered clients: what a seed file holds. */
export type NewRealm = Partial<Omit<RealmDocument, 'realm'>> & {
  readonly realm: Omit<RealmDocument['realm'], 'settings'> &
    Partial<Pick<RealmDocument['realm'], 'settings'>>;
};

/**
 * Reads a realm to create with the parser for realm documents, and checks that sign-in can verify the password hashes in it.
 *
 * @param value a {@link NewRealm}, or for example the content of a seed file
 * @param baseIssuer the issuer of a realm that names none. An issuer may also be a path at its origin
 * @returns the realm, or everything that is wrong with it
 */
export async function parseNewRealm(value: unknown, baseIssuer: string): Promise<Parsed<RealmDocument>> {
  const parsed = parseRealmDocument(value, baseIssuer);
  if (!parsed.ok) return parsed;
  const areUsable = await Promise.all(
    parsed.value.people.map(
      async ({ passwordHash }) => passwordHash === undefined || (await isPasswordHash(passwordHash)),
    ),
  );
  const problems = areUsable.flatMap((isUsable, index) =>
    isUsable
      ? []
      : within(
          ['people', index],
          [{ place: 'passwordHash', problem: 'must be an argon2 hash in PHC string format' }],
        ),
  );
  return problems.length === 0 ? parsed : { ok: false, problems };
}
