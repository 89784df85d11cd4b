/**
 * Names by timing: the time of a wrong password reveals which names exist, because an imported hash costs more, or less,
 * than the hash for an unknown name.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/208.html CWE-208}
 * @see {@link https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html OWASP, Authentication, user
 * enumeration}
 *
 * Taken out: packages/node/src/passwords.ts: `|| costOf(known) !== today` → ``
 * Then fails: takes the same time for a person with an imported hash as for an unknown name after a sign-in
 * Taken out: packages/node/src/passwords.ts: `person?.passwordHash ?? decoyHash` → `person?.passwordHash ?? ''`
 * Then fails: responds alike to a wrong password and to an unknown name
 */
import { hash } from '@node-rs/argon2';
import { beforeAll, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { formOf, newBrowser, type Shown } from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';

const EVE = { username: 'eve', password: 'another horse' };
const passwordHash = await hash(EVE.password, { memoryCost: 65_536, timeCost: 4 });
const app = attackedApp();

/** Eve's hash was imported from elsewhere. */
beforeAll(async () => {
  const eve = { subject: 'person-eve', name: 'Eve', username: EVE.username, passwordHash };
  await app().stores.people.insert({ realm: app().realm.id, ...eve });
});

async function signIn(person: { readonly username: string; readonly password: string }): Promise<Shown> {
  const [browser, client] = [newBrowser(), await newClient(app())];
  return browser.signIn(await browser.open(client.url()), person);
}

const costOf = async (username: string): Promise<string | undefined> => {
  const person = await app().stores.people.findByUsername(app().realm.id, username);
  return person?.passwordHash?.split('$', 4).join('$');
};

test('responds alike to a wrong password and to an unknown name', async () => {
  const [wrong, nobody] = [
    await signIn({ ...EVE, password: 'guess' }),
    await signIn({ username: 'nobody', password: 'guess' }),
  ];
  const told = ({ status, page }: Shown) => [status, page.querySelector('[role=alert]')?.text];
  expect(told(nobody)).toEqual(told(wrong));
  expect(formOf(nobody).fields).toHaveProperty('csrf');
});

test('takes the same time for a person with an imported hash as for an unknown name after a sign-in', async () => {
  const today = await costOf('ada');
  expect(await costOf(EVE.username)).not.toBe(today);
  expect((await signIn(EVE)).status).toBe(200);
  expect(await costOf(EVE.username)).toBe(today);
  expect((await signIn(EVE)).status).toBe(200);
});
