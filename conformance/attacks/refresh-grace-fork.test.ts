/**
 * Forking a family by repeated refreshes: a client that lost a response can present its token again; a thief presents a copy
 * of the same token, to continue with a separate family.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2 RFC 9700 §4.14.2}
 *
 * Taken out: packages/sqlite/src/stores/grant/token-family.ts: `successor === 'unused' || (successor !== 'unknown' && successor > repeatableSince)` → `true`
 * Then fails: treats a token as a replay after the grace period since the first use of its successor
 * Taken out: packages/sqlite/src/stores/grant/token-family.ts: `? { outcome: 'repeated', seed }` → `? { outcome: 'repeated', seed: 'another' }`
 * Then fails: gives a used token one successor, for every sender and at any time
 */
import { expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { newClient } from './support/client.ts';

let now = Date.now();
const app = attackedApp(undefined, { clock: () => now });

const pass = (seconds: number): void => void (now += seconds * 1_000);
const refused = { status: 400, body: { error: 'invalid_grant' } };

test('gives a used token one successor, for every sender and at any time', async () => {
  const client = await newClient(app());
  const { refresh_token: copied } = await client.tokens();
  const { body: mine } = await client.refresh(copied);
  for (const seconds of [19, 3_600, 86_400]) {
    pass(seconds);
    const { body: theirs } = await client.refresh(copied);
    expect(theirs.refresh_token).toBe(mine.refresh_token);
  }
});

test('treats a token as a replay after the grace period since the first use of its successor', async () => {
  const client = await newClient(app());
  const { refresh_token: copied } = await client.tokens();
  const { body: second } = await client.refresh(copied);
  pass(3_600);
  const { body: third } = await client.refresh(second.refresh_token);
  pass(21);
  expect(await client.refresh(copied)).toMatchObject(refused);
  expect(await client.refresh(third.refresh_token)).toMatchObject(refused);
});

test('treats a token three behind the newest as a replay in the grace period, too', async () => {
  const client = await newClient(app());
  const { refresh_token: copied } = await client.tokens();
  let newest = copied;
  for (let round = 0; round < 3; round += 1) newest = (await client.refresh(newest)).body.refresh_token;
  expect(await client.refresh(copied)).toMatchObject(refused);
  expect(await client.refresh(newest)).toMatchObject(refused);
});

test('returns only existing tokens for a repeated token in the grace period', async () => {
  const client = await newClient(app());
  const { refresh_token: copied } = await client.tokens();
  const { body: second } = await client.refresh(copied);
  const { body: third } = await client.refresh(second.refresh_token);
  const { body: again } = await client.refresh(copied);
  expect(again.refresh_token).toBe(second.refresh_token);
  expect((await client.refresh(again.refresh_token)).body.refresh_token).toBe(third.refresh_token);
});

test('begins the grace period at the first use of the successor, and does not extend it', async () => {
  const client = await newClient(app());
  const { refresh_token: copied } = await client.tokens();
  const { body: second } = await client.refresh(copied);
  for (let time = 0; time < 4; time += 1) {
    expect((await client.refresh(second.refresh_token)).status).toBe(200);
    expect((await client.refresh(copied)).status).toBe(200);
    pass(5);
  }
  expect(await client.refresh(copied)).toMatchObject(refused);
});

test('gives a thief in step with the client no other tokens, and detects the first that falls behind', async () => {
  const client = await newClient(app());
  let [mine, theirs] = ['', ''];
  mine = theirs = (await client.tokens()).refresh_token;
  for (let round = 0; round < 5; round += 1) {
    mine = (await client.refresh(mine)).body.refresh_token;
    theirs = (await client.refresh(theirs)).body.refresh_token;
    expect(theirs).toBe(mine);
    pass(600);
  }
  // The client continues, and the thief falls behind.
  const { body: ahead } = await client.refresh(mine);
  const { body: further } = await client.refresh(ahead.refresh_token);
  pass(600);
  expect(await client.refresh(theirs)).toMatchObject(refused);
  expect(await client.refresh(further.refresh_token)).toMatchObject(refused);
});
