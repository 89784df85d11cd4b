import { AgentMemory } from '@vestibule/example-agent';
import { expect, test } from 'vitest';
import { NO_WAIT, OPEN_SEED } from './support/app.ts';
import { type Cluster, startCluster } from './support/cluster.ts';
import { approve, authorizeUrl, exchange, register, token } from './support/oauth.ts';
import { v1, v2 } from './support/official.ts';
import { expectStored } from './support/stored.ts';
import { startTally, type Tally } from './support/tally.ts';

const REDIRECT_URI = 'http://localhost:8090/callback';
const NODES = 3;
const FLOWS = 72;
const AT_ONCE = 9;
const PER_ADDRESS = 5;
const PER_REALM = 100_000;
const FLOODER = '203.0.113.7';

const SEED = {
  ...OPEN_SEED,
  realm: {
    ...OPEN_SEED.realm,
    settings: {
      consent: NO_WAIT,
      registration: {
        open: true,
        limits: {
          perAddressPerHour: PER_ADDRESS,
          perRealmPerDay: PER_REALM,
          organizationPercentOfDay: 100,
          authorizationsPerAddressPerHour: 10_000,
        },
      },
    },
  },
};

test('nodes that are killed and started again in mid-load lose nothing, double nothing and forget nothing', async () => {
  const cluster = await startCluster(NODES, SEED);
  const tally = startTally();

  const load = Promise.all(Array.from({ length: AT_ONCE }, (_, worker) => work(cluster, tally, worker)));
  const flooding = flood(cluster, 'first');
  const until = (count: number) => Promise.race([tally.reaches(count), load]);
  await until(FLOWS / 6);
  cluster.node(0).process.kill('SIGKILL');
  expect(await cluster.node(0).exit).toBeNull();
  await until(FLOWS / 3);
  await cluster.restart(0);
  cluster.node(1).process.kill('SIGKILL');
  await until(FLOWS / 2);
  await cluster.restart(1);
  cluster.node(2).process.kill('SIGTERM');
  expect(await cluster.node(2).exit).toBe(0);
  await cluster.restart(2);
  await load;

  expect((await flooding).filter((status) => status === 201).length).toBeLessThanOrEqual(PER_ADDRESS);
  expect(new Set(await flood(cluster, 'second'))).toEqual(new Set([429]));

  // Existing clients can still do everything, on every node.
  for (const family of tally.families) {
    const began = tally.moment();
    const answer = await refresh(cluster, family.clientId, family.newest);
    expect(answer).toMatchObject({ status: 200 });
    tally.issued(answer.body, { grantType: 'refresh_token', presented: family.newest, began });
  }
  expect(tally.interrupted).toBeLessThan(FLOWS / 2);
  const events = await expectStored(cluster.databaseUrl, tally);
  const flooded = events.filter((event) => event.type === 'registration.accepted' && event.ip === FLOODER);
  expect(flooded.length).toBeGreaterThan(0);
  expect(flooded.length).toBeLessThanOrEqual(PER_ADDRESS);
}, 240_000);

/** Runs flows until the given number is done. A flow that a kill interrupts begins again with another client. */
async function work(cluster: Cluster, tally: Tally, worker: number): Promise<void> {
  const flows = [officialV1, officialV2, exchangeAtOnce, refreshAtOnce, refreshAtOnce];
  for (let round = worker; tally.done < FLOWS; round += 1) {
    const flow = flows[round % flows.length] ?? officialV1;
    try {
      await flow(cluster, tally);
      tally.finish();
    } catch (error) {
      if (error instanceof WrongAnswer) throw error;
      tally.interrupt();
    }
  }
}

/** A response that no node may ever send, whatever happens to the others. */
class WrongAnswer extends Error {}

async function officialV1(cluster: Cluster): Promise<void> {
  const agent = await v1.attach(cluster, new AgentMemory('Official v1', REDIRECT_URI));
  await agent.call('list_notes');
  await agent.close();
}

async function officialV2(cluster: Cluster): Promise<void> {
  const agent = await v2.attach(cluster, new AgentMemory('Official v2', REDIRECT_URI));
  await agent.call('list_notes');
  await agent.close();
}

async function newCode(cluster: Cluster, tally: Tally): Promise<{ clientId: string; arrived: URL }> {
  const { status, body } = await register(cluster, { redirect_uris: [REDIRECT_URI] });
  if (status !== 201) throw new Error(`Registration was answered ${status}.`);
  tally.registered(body.client_id);
  const arrived = await approve(authorizeUrl(cluster, body.client_id, { redirect_uri: REDIRECT_URI }));
  return { clientId: body.client_id, arrived };
}

async function exchangeAtOnce(cluster: Cluster, tally: Tally): Promise<void> {
  const { clientId, arrived } = await newCode(cluster, tally);
  const sent = { grantType: 'authorization_code', presented: arrived.href, began: tally.moment() } as const;
  const asked = Array.from({ length: NODES }, () => exchange(cluster, clientId, REDIRECT_URI, arrived));
  const answers = await answersOf(asked);
  const won = answers.filter(({ status }) => status === 200);
  for (const { body } of won) tally.issued(body, sent);
  if (won.length > 1) throw new WrongAnswer(`A code was exchanged ${won.length} times.`);
  // A node that received the request and was killed may have consumed the code; the balancer responds 502 then.
  const refused = answers.filter(({ status }) => status === 400);
  if (refused.length === NODES) throw new WrongAnswer('A good code was refused by every node.');
}

async function refreshAtOnce(cluster: Cluster, tally: Tally): Promise<void> {
  const { clientId, arrived } = await newCode(cluster, tally);
  const sent = { grantType: 'authorization_code', presented: arrived.href, began: tally.moment() } as const;
  const { status, body } = await exchange(cluster, clientId, REDIRECT_URI, arrived);
  if (status !== 200) throw new Error(`The exchange was answered ${status}.`);
  tally.issued(body, sent);
  let newest: string = body.refresh_token;
  for (let round = 0; round < 3; round += 1) {
    const renewal = { grantType: 'refresh_token', presented: newest, began: tally.moment() } as const;
    const asked = Array.from({ length: NODES }, () => refresh(cluster, clientId, newest));
    const won = (await answersOf(asked)).filter((answer) => answer.status === 200);
    for (const answer of won) tally.issued(answer.body, renewal);
    const successors = new Set(won.map((answer) => answer.body.refresh_token));
    if (successors.size > 1) throw new WrongAnswer('A family forked.');
    const [successor] = successors;
    if (successor === undefined) throw new Error('No node answered.');
    newest = successor;
  }
  tally.families.push({ clientId, newest });
}

const refresh = (cluster: Cluster, clientId: string, refreshToken: string) =>
  token(cluster, { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken });

/** The received responses; requests on a killed node have none. */
async function answersOf<T>(asked: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(asked);
  return settled.filter((answer) => answer.status === 'fulfilled').map(({ value }) => value);
}

/** Many concurrent registrations from one address, on every node. */
async function flood({ issuer }: Cluster, wave: string): Promise<number[]> {
  const asked = Array.from({ length: 30 }, async (_, i) => {
    const response = await fetch(`${issuer}/connect/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': FLOODER },
      body: JSON.stringify({ redirect_uris: [`${REDIRECT_URI}/${wave}/${i}`] }),
    });
    return response.status;
  });
  return answersOf(asked);
}
