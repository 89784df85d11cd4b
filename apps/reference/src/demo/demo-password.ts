import type { Realm } from '@vestibule/core/realm';
import { Refused } from '@vestibule/database';
import { canonicalPassword, canonicalUsername, type PersonStore } from '@vestibule/server';
import { isLoopbackUrl } from '@vestibule/http';
import type { Config } from '@vestibule/node/environment';
import type { DescribedRealm } from '../seeds.ts';

/** The person of the demo's seed. The password is public. */
export const DEMO_PERSON = { username: 'ada', password: 'correct horse' };

/** Loopback hosts and addresses, which no other computer can reach. */
const LOOPBACK_ADDRESS = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/;

/** Whether other computers may reach the app, by the address it listens on or by the issuer. */
export const isPublic = ({ host }: Pick<Config, 'host'>, issuers: readonly string[]): boolean =>
  (host !== undefined && !LOOPBACK_ADDRESS.test(host)) || !issuers.every(isLoopbackUrl);

/**
 * Refuses seeds with a person who has the demo password, if other computers may reach the app.
 *
 * @throws Refused with what to do
 */
export async function refuseDemoPasswords(
  config: Pick<Config, 'host' | 'issuer'>,
  described: readonly DescribedRealm[],
): Promise<void> {
  if (!isPublic(config, [config.issuer, ...described.map(({ document }) => document.realm.issuer)])) return;
  const known = canonicalPassword(DEMO_PERSON.password);
  for (const { file, document } of described) {
    for (const [index, { password, passwordHash }] of document.people.entries()) {
      const place = `SEED=${file}: people[${index}]`;
      if (typeof password === 'string' && canonicalPassword(password) === known) {
        throw refused(`${place}.password is the demo password`);
      }
      if (passwordHash !== undefined && (await verifies(passwordHash, known))) {
        throw refused(`${place}.passwordHash is a hash of the demo password`);
      }
    }
  }
}

/**
 * Refuses realms whose demo person in the database still has the demo password, if other computers may reach the app.
 *
 * @throws Refused with what to do
 */
export async function refuseDemoPeople(
  config: Pick<Config, 'host' | 'issuer'>,
  realms: readonly Pick<Realm, 'id' | 'issuer'>[],
  people: Pick<PersonStore, 'findByUsername'>,
): Promise<void> {
  if (!isPublic(config, [config.issuer, ...realms.map(({ issuer }) => issuer)])) return;
  for (const { id } of realms) {
    const { passwordHash } = (await people.findByUsername(id, canonicalUsername(DEMO_PERSON.username))) ?? {};
    if (passwordHash !== undefined && (await verifies(passwordHash, DEMO_PERSON.password))) {
      throw refused(`${DEMO_PERSON.username} in the realm ${id} has the demo password`);
    }
  }
}

/** Verifies a password. Loaded only for a hash. */
async function verifies(passwordHash: string, password: string): Promise<boolean> {
  const { verify } = await import('@node-rs/argon2');
  return verify(passwordHash, password);
}

const refused = (what: string): Refused =>
  new Refused(
    `${what}, which is public, and other computers can reach this app.\n` +
      'Start with another DATABASE_URL and a SEED with other passwords, or make the app reachable from this computer only:\n' +
      'leave HOST and ISSUER unset, or set HOST=127.0.0.1 and ISSUER=http://localhost:4000.',
  );
