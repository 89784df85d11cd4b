import { hash, verify } from '@node-rs/argon2';
import { type Authenticate, canonicalUsername, type PersonStore } from '@vestibule/server';

export type HashPassword = (password: string) => Promise<string>;

/** argon2id, with the library's defaults: 19 MiB, two passes, which is what OWASP recommends at least. */
export const hashPassword: HashPassword = (password) => hash(password);

/** Signs people in by their password. Somebody that there is not takes as long as a wrong password. */
export async function passwordAuthenticator(people: PersonStore): Promise<Authenticate> {
  const nobodysHash = await hashPassword(crypto.randomUUID());
  return async ({ realm, username, password }) => {
    const person = await people.findByUsername(realm, canonicalUsername(username));
    const fits = await verify(person?.passwordHash ?? nobodysHash, password);
    return person !== undefined && fits ? { subject: person.subject, name: person.name } : undefined;
  };
}
