import type * as Argon2 from '@node-rs/argon2';
import { type Authenticate, canonicalPassword, canonicalUsername, type PersonStore } from '@vestibule/server';

/** Loaded when the first password is hashed or verified, so that no start waits for it. */
const argon2 = (): Promise<typeof Argon2> => import('@node-rs/argon2');

/** Hashes a password with argon2id and the defaults of the library: 19 MiB and two passes, the minimum that OWASP recommends. */
export const hashPassword = async (password: string): Promise<string> =>
  (await argon2()).hash(canonicalPassword(password));

/** Whether a text is a hash that passwords can be verified against. */
export async function isPasswordHash(text: string): Promise<boolean> {
  try {
    await verifyPassword(text, '');
    return true;
  } catch {
    return false;
  }
}

/** Verifies a password against a hash. */
type Verify = (passwordHash: string, password: string) => Promise<boolean>;

const verifyPassword: Verify = async (passwordHash, password) =>
  (await argon2()).verify(passwordHash, password);

/**
 * Authenticates people by password. For an unknown user name, and for a person without a password, it verifies a decoy hash with the current cost, so that timing does
 * not reveal which names exist. A hash with another cost, or of a password that was not normalized, is replaced when its owner
 * signs in. The sign-in queue bounds how many passwords are verified at a time.
 *
 * @param fits verifies a password; tests pass one that counts its calls
 */
export function passwordAuthenticator(people: PersonStore, fits: Verify = verifyPassword): Authenticate {
  let decoy: Promise<string> | undefined;

  /** The decoy hash, made at the first sign-in, whether its user name exists or not; again if that failed. */
  function decoyOfToday(): Promise<string> {
    decoy ??= hashPassword(crypto.randomUUID()).catch((error: unknown) => {
      decoy = undefined;
      throw error;
    });
    return decoy;
  }

  return async ({ realm, username, password }) => {
    const decoyHash = await decoyOfToday();
    const today = costOf(decoyHash);
    const person = await people.findByUsername(realm, canonicalUsername(username));
    const known = person?.passwordHash ?? decoyHash;
    const fitting = await fittingSpelling(fits, known, password);
    if (person?.passwordHash === undefined || fitting === undefined) return undefined;
    const { subject, name } = person;
    const hashes = new Set([known]);
    if (fitting !== canonicalPassword(password) || costOf(known) !== today) {
      const passwordHash = await hashPassword(password);
      await people.replacePasswordHash({ realm, subject, replaced: known, passwordHash });
      hashes.add(passwordHash);
    }
    const stillHolds = async (): Promise<boolean> => {
      const current = (await people.findBySubject(realm, subject))?.passwordHash;
      if (current === undefined || hashes.has(current)) return current !== undefined;
      // Another sign-in may have replaced the hash by one of the same password.
      return fits(current, canonicalPassword(password));
    };
    return { person: { subject, name }, methods: ['pwd'], stillHolds };
  };
}

/**
 * The spelling of the password that fits a hash: normalized, or as it was typed if the hash is older than normalization. The
 * spellings that are tried depend only on the typed password.
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

/** The cost of a hash: algorithm, version and parameters, which precede the salt in PHC string format. */
const costOf = (passwordHash: string): string => passwordHash.split('$', 4).join('$');
