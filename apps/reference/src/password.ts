import { hash, verify } from '@node-rs/argon2';
import { type Authenticate, canonicalPassword, canonicalUsername, type PersonStore } from '@vestibule/server';

export type HashPassword = (password: string) => Promise<string>;

/** argon2id, with the library's defaults: 19 MiB, two passes, which is what OWASP recommends at least. */
export const hashPassword: HashPassword = (password) => hash(canonicalPassword(password));

/** Whether a text is a hash that passwords can be held against. */
export async function isPasswordHash(text: string): Promise<boolean> {
  try {
    await verify(text, '');
    return true;
  } catch {
    return false;
  }
}

/** Holds passwords against hashes. */
type Verify = (passwordHash: string, password: string) => Promise<boolean>;

/**
 * Signs people in by their password. For a name that nobody has the work is that of a hash with today's cost. A hash with
 * another cost, or of a password that was not normalised, is replaced when its owner signs in. How many passwords are looked
 * at at once is the sign-in queue's business.
 *
 * @param fits for tests, which count what it is asked
 */
export async function passwordAuthenticator(
  people: PersonStore,
  fits: Verify = verify,
): Promise<Authenticate> {
  const nobodysHash = await hashPassword(crypto.randomUUID());
  const today = costOf(nobodysHash);

  return async ({ realm, username, password }) => {
    const person = await people.findByUsername(realm, canonicalUsername(username));
    const known = person?.passwordHash ?? nobodysHash;
    const fitting = await fittingSpelling(fits, known, password);
    if (person === undefined || fitting === undefined) return undefined;
    const { subject, name } = person;
    if (fitting !== canonicalPassword(password) || costOf(known) !== today) {
      const passwordHash = await hashPassword(password);
      await people.replacePasswordHash({ realm, subject, replaced: known, passwordHash });
    }
    return { person: { subject, name }, methods: ['pwd'] };
  };
}

/**
 * The password as it fits a hash: normalised, or as it was typed where the hash is older than that. Which of them are tried
 * follows from what was typed alone.
 */
async function fittingSpelling(
  fits: Verify,
  passwordHash: string,
  typed: string,
): Promise<string | undefined> {
  for (const spelling of new Set([canonicalPassword(typed), typed])) {
    if (await fits(passwordHash, spelling)) return spelling;
  }
  return undefined;
}

/** What a hash costs: its algorithm, version and parameters, which stand before its salt in PHC string format. */
const costOf = (passwordHash: string): string => passwordHash.split('$', 4).join('$');
