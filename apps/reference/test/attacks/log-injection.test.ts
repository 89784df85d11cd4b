/**
 * Log injection: a string with a line break or a control character adds lines to the log, or changes how an operator's
 * terminal displays it.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/117.html CWE-117}
 * @see {@link https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html OWASP Logging Cheat Sheet}
 *
 * Taken out: apps/reference/src/logger.ts: `, hooks: { streamWrite: harmlessJson }` → ``
 * Then fails: writes one line for each event, whatever is sent
 */
import { temporaryFolder } from '@vestibule/testing/folder';
import { freePort } from '@vestibule/testing/port';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OPEN_SEED } from '../support/app.ts';
import { authorizeUrl, register, token } from '../support/oauth.ts';
import { startProcess } from '../support/process.ts';
import { newBrowser } from '@vestibule/testing/browser';

const CALLBACK = 'http://127.0.0.1:4711/cb';

const FORGED = '{"level":30,"type":"consent.approved","subject":"forged-by-a-stranger"}';

const STRINGS = [
  `\n${FORGED}`,
  `\r\n${FORGED}\r\n`,
  `\r${FORGED}`,
  `\u2028${FORGED}`,
  `\u0085${FORGED}`,
  `"}\n${FORGED}`,
  `\u001B[2J\u001B[1;31mforged-by-a-stranger\u001B[0m`,
  '\u001B]0;forged-by-a-stranger\u0007',
  '\u0008'.repeat(80),
  '\u0000forged-by-a-stranger',
  '\u202Eforged-by-a-stranger',
  '\u009B31mforged-by-a-stranger',
  '%0a%7B%22type%22:%22forged-by-a-stranger%22%7D',
  '${jndi:ldap://127.0.0.1:1/forged-by-a-stranger}',
  '%s%d%j%o forged-by-a-stranger',
  '__proto__',
  '\uD800',
];

test('writes one line for each event, whatever is sent', async () => {
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const app = { issuer, notes: new URL('/mcp', issuer) };
  const folder = temporaryFolder();
  const seed = join(folder, 'seed.json');
  await writeFile(seed, JSON.stringify(OPEN_SEED));
  const running = startProcess(['start'], {
    PORT: String(port),
    DATABASE_URL: `sqlite:${join(folder, 'a.db')}`,
    SEED: seed,
    LOG_LEVEL: 'info',
  });
  await running.said('serves the realm');
  const begun = running
    .output()
    .split('\n')
    .filter((line) => line !== '').length;

  const { body: client } = await register(app, { redirect_uris: [CALLBACK] });
  let events = 1;
  for (const text of STRINGS) {
    // Each of these is one event: a refused registration, an accepted one, a refused authorization, a refused exchange, a
    // wrong password.
    await register(app, { redirect_uris: [text] });
    await register(app, { redirect_uris: [CALLBACK], client_name: `App ${text}`, software_id: text });
    await newBrowser().open(authorizeUrl(app, text, { redirect_uri: text, scope: text, resource: text }));
    await token(app, {
      grant_type: 'authorization_code',
      client_id: client.client_id,
      code: text,
      code_verifier: text,
    });
    const browser = newBrowser();
    const shown = await browser.open(
      authorizeUrl(app, client.client_id, { redirect_uri: CALLBACK, state: text }),
    );
    await browser.signIn(shown, { username: `ada${text}`, password: text });
    events += 5;
  }
  const last = await fetch(`${issuer}/connect/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'forged-by-a-stranger' },
    body: '{"the":"last"}',
  });
  expect(last.status).toBe(400);
  await running.said('redirect_uris must hold');
  events += 1;

  const lines = running
    .output()
    .split(/\r\n|[\n\r\u2028\u0085]/)
    .filter((line) => line !== '')
    .slice(begun);
  const entries = lines.map((line): { readonly type?: string; readonly level?: number } => JSON.parse(line));
  expect(entries).toHaveLength(events);
  expect(entries.filter(({ type }) => type === 'consent.approved')).toEqual([]);
  expect(entries.filter(({ level }) => level !== 30)).toEqual([]);
  // oxlint-disable-next-line no-control-regex -- Characters that control a terminal.
  expect(running.output()).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E]/);
});
