import type { Instant } from '@vestibule/core';
import type { RealmRecord } from '@vestibule/core/realm';
import { sha256 } from '@vestibule/http';
import type { Stores } from '@vestibule/server';
import type { Random } from '../engine/random.ts';
import { createScheduler, type Scheduler } from '../engine/scheduler.ts';
import { createVirtualLimiter } from '../engine/virtual-limiter.ts';
import type { Fault } from '../engine/fault.ts';
import type { Fact, Moment } from '../history/history.ts';
import type { Book } from './book.ts';
import { createBrowser } from './browser.ts';
import { NoAnswer, type Process, type Shared, startProcess } from './node.ts';
import { ISSUERS, PEOPLE, realmRecord } from './realms.ts';
import { NOW } from '@vestibule/testing/now';

/** A state of a realm, from the moment at which it was stored. */
export interface RealmState {
  readonly since: number;
  readonly realm: RealmRecord;
}

/** A deliberate bug: what is used instead of the stores. */
export interface Bug {
  /** Changes the stores as one node uses them. */
  readonly ofNode?: (stores: Stores) => Stores;
  /** Changes the stores that all processes share. */
  readonly ofAll?: (stores: Stores) => Stores;
}

/** What an act says about itself. */
export interface Telling {
  readonly learn: (fact: Fact) => void;
  /** What it does, for people who read the history. */
  readonly says: (text: string) => void;
}

/** Two nodes and a process of the operator over the same stores, and everyone who uses them. */
export interface World {
  readonly book: Book;
  readonly scheduler: Scheduler;
  readonly stores: Stores;
  readonly errors: readonly unknown[];
  /** Every state of every realm. */
  readonly realmStates: readonly RealmState[];
  readonly began: Instant;
  readonly now: () => Instant;
  readonly pass: (seconds: number) => void;
  readonly moment: () => Moment;
  readonly newText: (of: string) => string;
  /** Sends a request to one of the nodes. */
  readonly send: (request: Request, ip: string) => Promise<Response>;
  /** The process of this number: 0 and 1 are nodes, 2 is the operator's. */
  readonly process: (index: number) => Process;
  readonly kill: (index: number) => void;
  /** Runs an act, and writes it into the history. */
  readonly act: (
    actor: string,
    fault: Fault | undefined,
    run: (telling: Telling) => Promise<string>,
  ) => Promise<void>;
}

const NODES = 2;

/** Creates a world over stores. Requests reach the nodes in turn. */
export async function createWorld(seed: number, bare: Stores, bug: Bug = {}): Promise<World> {
  let now = NOW;
  let order = 0;
  let texts = 0;
  const errors: unknown[] = [];
  const realmStates: RealmState[] = [];
  const faultOf = new WeakMap<object, Fault>();
  const scheduler = createScheduler((random: Random) => {
    order += 1;
    now += random.below(12);
  });
  const newText = (of: string): string => sha256(`${seed} ${of} ${(texts += 1)}`);

  const observed: Stores = {
    ...bare,
    commit: async (changes) => {
      const outcome = await bare.commit(changes);
      for (const change of outcome.committed ? changes : []) {
        if (change.kind === 'realm.replace') realmStates.push({ since: order, realm: change.realm });
      }
      return outcome;
    },
  };
  const stores = bug.ofAll?.(observed) ?? observed;
  for (const id of ['main', 'other'] as const) {
    const realm = realmRecord(id);
    await bare.realms.insert(realm);
    realmStates.push({ since: 0, realm });
    for (const username of PEOPLE) {
      await bare.people.insert({ realm: id, subject: `${username}-of-${id}`, username, name: username });
    }
  }

  const shared: Shared = {
    stores,
    scheduler,
    limiter: createVirtualLimiter(() => now),
    clock: () => now,
    generateToken: () => newText('token'),
    onError: (error) => void errors.push(error),
    faults: {
      at: (write) => {
        const task = scheduler.current();
        const fault = task && faultOf.get(task);
        return fault?.write === write ? fault.kind : undefined;
      },
      onSlow: () => void (now += 30_000),
    },
  };
  const start = (index: number): Process =>
    startProcess(
      `process-${index}`,
      shared,
      index < NODES && bug.ofNode !== undefined ? bug.ofNode : (own) => own,
    );
  const processes = Array.from({ length: NODES + 1 }, (_, index) => start(index));
  /** A process that was killed is replaced by a new one. */
  const process = (index: number): Process => {
    const known = processes[index];
    if (known !== undefined && !known.isDead()) return known;
    const started = start(index);
    processes[index] = started;
    return started;
  };
  const kill = (index: number): void => process(index).kill();

  let requests = 0;
  const send = (request: Request, ip: string): Promise<Response> =>
    process((requests += 1) % NODES).send(request, ip);

  const book: Book = {
    clients: [],
    browsers: [],
    tabs: [],
    codes: [],
    families: [],
    initialAccessTokens: [],
    history: [],
  };
  for (const person of PEOPLE) {
    for (const number of [1, 2]) {
      const name = `${person}'s browser ${number}`;
      const ip = `198.51.100.${book.browsers.length + 1}`;
      book.browsers.push({ name, person, browser: createBrowser(send, ip) });
    }
  }
  const moment = (): Moment => ({ order, at: now });

  // The keys are generated at once, so that requests do not wait for one another.
  for (const issuer of Object.values(ISSUERS)) {
    await process(0).send(new Request(`${issuer}/connect/jwks`), '198.51.100.9');
  }

  return {
    book,
    scheduler,
    stores,
    errors,
    realmStates,
    began: NOW,
    now: () => now,
    pass: (seconds) => void (now += seconds * 1_000),
    moment,
    newText,
    send,
    process,
    kill,
    async act(actor, fault, run) {
      const task = scheduler.current();
      if (task !== undefined && fault !== undefined) faultOf.set(task, fault);
      const began = moment();
      const facts: Fact[] = [];
      const said: string[] = [];
      let answer = 'no answer';
      let isAnswered = true;
      try {
        answer = await run({ learn: (fact) => void facts.push(fact), says: (text) => void said.push(text) });
      } catch (error) {
        const isOutage = error instanceof Error && 'code' in error && error.code === 'STORE_UNAVAILABLE';
        if (!(error instanceof NoAnswer) && !isOutage) throw error;
        isAnswered = false;
      }
      if (said.length === 0) return;
      const fatal = fault === undefined ? '' : ` [${fault.kind} at write ${fault.write}]`;
      book.history.push({
        number: book.history.length + 1,
        actor,
        act: `${said.join(', ')}${fatal}`,
        began,
        ...(isAnswered && { ended: moment() }),
        answer,
        facts,
      });
    },
  };
}
