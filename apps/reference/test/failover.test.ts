import { type PostgresPair, startPostgresPair } from '@vestibule/testing/postgres-pair';
import { randomInt } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { NO_WAIT, OPEN_SEED } from './support/app.ts';
import { type Cluster, startCluster } from './support/cluster.ts';
import { approve, authorizeUrl, exchange, register, token } from './support/oauth.ts';
import { expectStored } from './support/stored.ts';
import { startTally, type Tally } from './support/tally.ts';

/** Many in the long tests, one otherwise. */
const FAILOVERS = process.env['LONG_TESTS'] === 'true' ? 10 : 1;
const NODES = 2;
const AT_ONCE = 8;
/** The primary is killed after at most so many responses, and a half as many at least. */
const MOST_RESPONSES = 120;
/** How many flows each connection finishes after the failover. */
const FLOWS_AFTER = 2;
const REDIRECT_URI = 'http://localhost:8090/callback';

const SEED = {
  ...OPEN_SEED,
  realm: {
    ...OPEN_SEED.realm,
    settings: {
      consent: NO_WAIT,
      lifetimes: { refreshGrace: 60 },
      registration: {
        open: true,
        limits: {
          attemptsPerAddressPerHour: 1_000_000,
          perAddressPerHour: 1_000_000,
          perRealmPerDay: 1_000_000,
          authorizationsPerAddressPerHour: 1_000_000,
          awakeClients: 1_000_000,
        },
      },
    },
  },
};

/** What happens to the database during the load. */
interface Failover {
  /** Counts a response of the nodes, and kills the primary after the last one of it. */
  responded(): void;
  readonly isKilled: boolean;
  readonly isOver: boolean;
  /** Resolves when the standby accepts writes. */
  readonly over: Promise<void>;
}

test.each(Array.from({ length: FAILOVERS }, (_, number) => ({ number })))(
  'a primary that is killed under load loses nothing that was answered, and the nodes go on with its promoted standby (failover $number)',
  async () => {
    const pair = await startPostgresPair();
    onTestFinished(() => pair.remove());
    const cluster = await startCluster(NODES, SEED, pair.url);
    const tally = startTally();
    const failover = startFailover(pair, cluster);
    await Promise.all([
      failover.over,
      ...Array.from({ length: AT_ONCE }, () => work(cluster, failover, tally)),
    ]);

    for (const { clientId, newest } of tally.families) {
      const began = tally.moment();
      const { status, body } = await refresh(cluster, clientId, newest);
      expect(status).toBe(200);
      tally.issued(body, { grantType: 'refresh_token', presented: newest, began });
    }
    await expectStored(pair.url, tally);
    const [first, second] = [cluster.node(0), cluster.node(1)];
    expect([first.process.exitCode, second.process.exitCode]).toEqual([null, null]);
    expect([...cluster.statuses.keys()].filter((status) => status >= 500)).toEqual([503]);
  },
  120_000,
);

function startFailover(pair: PostgresPair, cluster: Cluster): Failover {
  const { promise: over, resolve, reject } = Promise.withResolvers<void>();
  let left = randomInt(MOST_RESPONSES / 2, MOST_RESPONSES);
  let isOver = false;

  async function failOver(): Promise<void> {
    await pair.killPrimary();
    await expectUnavailable(cluster);
    await pair.promote();
    isOver = true;
    // At the first request after it.
    expect(await cluster.ready()).toEqual(Array(NODES).fill(200));
  }

  return {
    over,
    get isKilled() {
      return left <= 0;
    },
    get isOver() {
      return isOver;
    },
    responded() {
      left -= 1;
      if (left === 0) failOver().then(resolve, reject);
    },
  };
}

/** While there is no primary, everything that needs it responds so on every node, although the standby could be read. */
async function expectUnavailable(cluster: Cluster): Promise<void> {
  expect(await cluster.ready()).toEqual(Array(NODES).fill(503));
  const asked = Array.from({ length: NODES * 2 }, async () => [
    await register(cluster, { redirect_uris: [REDIRECT_URI] }),
    await refresh(cluster, 'any', 'any'),
  ]);
  for (const { status, body } of (await Promise.all(asked)).flat()) {
    expect({ status, body }).toMatchObject({ status: 503, body: { error: 'temporarily_unavailable' } });
  }
}

/** Runs flows until enough were begun and finished after the failover. */
async function work(cluster: Cluster, failover: Failover, tally: Tally): Promise<void> {
  for (let after = 0; after < FLOWS_AFTER;) {
    const beganAfter = failover.isOver;
    const isWhole = await flow(cluster, failover, tally);
    if (isWhole) tally.finish();
    else tally.interrupt();
    if (beganAfter && !isWhole) throw new WrongAnswer('A flow after the failover was interrupted.');
    if (beganAfter) after += 1;
  }
}

/** A response that no node may send. */
class WrongAnswer extends Error {}

interface Answer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- a body of any response
  readonly body: any;
}

/**
 * Sends a request until it is not responded 503, which it may be only between the crash and the promotion.
 *
 * @returns the response, and whether it is the first one
 */
async function persist(
  failover: Failover,
  send: () => Promise<Answer>,
): Promise<Answer & { readonly isFirst: boolean }> {
  for (let isFirst = true; ; isFirst = false) {
    const beganAfter = failover.isOver;
    const answer = await send();
    failover.responded();
    if (answer.status !== 503) return { ...answer, isFirst };
    if (!failover.isKilled || beganAfter) throw new WrongAnswer('A node has no outage, and responded so.');
    await failover.over;
  }
}

/** A registration, an approval, an exchange, and refreshes. Returns whether the failover did not interrupt it. */
async function flow(cluster: Cluster, failover: Failover, tally: Tally): Promise<boolean> {
  const metadata = { redirect_uris: [REDIRECT_URI], client_name: `Agent ${tally.moment().order}` };
  const registered = await persist(failover, () => register(cluster, metadata));
  if (registered.status !== 201) throw new WrongAnswer(`A registration was answered ${registered.status}.`);
  const clientId: string = registered.body.client_id;
  tally.registered(clientId);

  const arrived = await approveUnlessKilled(cluster, failover, clientId);
  if (arrived === undefined) return false;

  const sent = { grantType: 'authorization_code', presented: arrived.href, began: tally.moment() } as const;
  const exchanged = await persist(failover, () => exchange(cluster, clientId, REDIRECT_URI, arrived));
  // A request in progress at the crash may have consumed the code, although it was responded 503.
  if (exchanged.status === 400 && !exchanged.isFirst) return false;
  if (exchanged.status !== 200) throw new WrongAnswer(`An exchange was answered ${exchanged.status}.`);
  tally.issued(exchanged.body, sent);

  let newest: string = exchanged.body.refresh_token;
  for (let round = 0; round < 3; round += 1) {
    const renewal = { grantType: 'refresh_token', presented: newest, began: tally.moment() } as const;
    const { status, body } = await persist(failover, () => refresh(cluster, clientId, newest));
    // Also if the first one was responded 503 after it had its effect.
    if (status !== 200) throw new WrongAnswer(`A refresh was answered ${status}.`);
    tally.issued(body, renewal);
    newest = body.refresh_token;
  }
  tally.families.push({ clientId, newest });
  return true;
}

/** The authorization response; `undefined` if a page was not available because of the crash. */
async function approveUnlessKilled(
  cluster: Cluster,
  failover: Failover,
  clientId: string,
): Promise<URL | undefined> {
  const url = authorizeUrl(cluster, clientId, { redirect_uri: REDIRECT_URI });
  const beganAfter = failover.isOver;
  try {
    const arrived = await approve(url);
    failover.responded();
    return arrived;
  } catch (error) {
    if (!failover.isKilled || beganAfter) throw error;
    await failover.over;
    return undefined;
  }
}

const refresh = (cluster: Cluster, clientId: string, refreshToken: string) =>
  token(cluster, { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken });
