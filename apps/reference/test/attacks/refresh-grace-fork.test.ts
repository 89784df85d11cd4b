/**
 * The grace of a refresh used to fork: who lost an answer may ask again for a moment; a thief asks in the same moment, to go
 * on with a family of their own beside the client's.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2 RFC 9700 §4.14.2}
 *
 * Taken out: packages/sqlite/src/grant/writes.ts: `token.successor_used === 0 && ` → ``
 * Then fails: once the successor was used, the grace is over, and who is behind ends the family
 * Taken out: packages/sqlite/src/grant/writes.ts: `return { outcome: 'repeated', seed: token.successor_seed };` → `return { outcome: 'repeated', seed: rotation.successor.seed };`
 * Then fails: within the grace there is one successor, whoever asks
 */
import { expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { newClient } from './support/client.ts';

let now = Date.now();
const app = attackedApp(undefined, { clock: () => now });

const pass = (seconds: number): void => void (now += seconds * 1_000);
const refused = { status: 400, body: { error: 'invalid_grant' } };

test('within the grace there is one successor, whoever asks', async () => {
  const client = await newClient(app());
  const { refresh_token: copied } = await client.tokens();
  const { body: mine } = await client.refresh(copied);
  pass(19);
  const { body: theirs } = await client.refresh(copied);
  expect(theirs.refresh_token).toBe(mine.refresh_token);
});

test('once the successor was used, the grace is over, and who is behind ends the family', async () => {
  const client = await newClient(app());
  const { refresh_token: copied } = await client.tokens();
  const { body: second } = await client.refresh(copied);
  const { body: third } = await client.refresh(second.refresh_token);
  expect(await client.refresh(copied)).toMatchObject(refused);
  expect(await client.refresh(third.refresh_token)).toMatchObject(refused);
});

test('the grace begins at the first use, and does not grow with each', async () => {
  const client = await newClient(app());
  const { refresh_token: copied } = await client.tokens();
  for (let time = 0; time < 4; time += 1) {
    expect((await client.refresh(copied)).status).toBe(200);
    pass(5);
  }
  expect(await client.refresh(copied)).toMatchObject(refused);
});

test('a thief who keeps step holds nothing that the client does not, and is found out by the first who does not', async () => {
  const client = await newClient(app());
  let [mine, theirs] = ['', ''];
  mine = theirs = (await client.tokens()).refresh_token;
  for (let round = 0; round < 5; round += 1) {
    mine = (await client.refresh(mine)).body.refresh_token;
    theirs = (await client.refresh(theirs)).body.refresh_token;
    expect(theirs).toBe(mine);
    pass(600);
  }
  const { body: ahead } = await client.refresh(mine);
  pass(600);
  expect(await client.refresh(theirs)).toMatchObject(refused);
  expect(await client.refresh(ahead.refresh_token)).toMatchObject(refused);
});
