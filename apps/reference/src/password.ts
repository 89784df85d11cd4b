import { hash, verify } from '@node-rs/argon2';
import { type Authenticate, canonicalUsername, type PersonStore } from '@vestibule/server';

export type HashPassword = (password: string) => Promise<string>;

/** argon2id, with the library's defaults: 19 MiB, two passes, which is what OWASP recommends at least. */
export const hashPassword: HashPassword = (password) => hash(password);

/** Whether a text is a hash that passwords can be held against. */
export async function isPasswordHash(text: string): Promise<boolean> {
  try {
    await verify(text, '');
    return true;
  } catch {
    return false;
  }
}

/**
 * Signs people in by their password. Somebody that there is not takes as long as a wrong password. How many are looked at at
 * once is the sign-in queue's business.
 */
export async function passwordAuthenticator(people: PersonStore): Promise<Authenticate> {
  const nobodysHash = await hashPassword(crypto.randomUUID());
  return async ({ realm, username, password }) => {
    const person = await people.findByUsername(realm, canonicalUsername(username));
    const fits = await verify(person?.passwordHash ?? nobodysHash, password);
    return person !== undefined && fits
      ? { person: { subject: person.subject, name: person.name }, methods: ['pwd'] }
      : undefined;
  };
}
