import { type Clock, createClientSweeper, type GenerateToken, type RateLimiter } from '@vestibule/core';
import { boundedAuditLog } from '@vestibule/core/audit';
import { createOperator, type Operator } from '@vestibule/core/operator';
import { createRegistrar } from '@vestibule/core/registration';
import { addressKey, createRouteTable, type RouteTable, sha256, sourceOf } from '@vestibule/http';
import { createManagementEndpoint, createRegistrationEndpoint } from '@vestibule/http/registration';
import { createAuthorizationServer, managementUri, passwords, type Stores } from '@vestibule/server';
import { type Faults, faultyStores, type Holder } from '../engine/faulty-stores.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import { jsonPages } from './json-pages.ts';
import { ISSUERS, type RealmId } from './realms.ts';

/** A request was not answered: its process was killed. */
export class NoAnswer extends Error {}

/** What all processes share. */
export interface Shared {
  readonly stores: Stores;
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly generateToken: GenerateToken;
  readonly onError: (error: unknown) => void;
}

/** One process, until it is killed. */
export interface Process {
  readonly operator: Operator;
  /** Sends a request to the process. Rejects with `NoAnswer` if it is killed meanwhile. */
  send(request: Request, ip: string): Promise<Response>;
  /** Runs work of the process. Rejects like `send`. */
  work<T>(run: () => Promise<T>): Promise<T>;
  /** Deletes what has expired: rows, and clients of a realm. */
  sweepRows(): Promise<number>;
  sweepClients(realm: RealmId): Promise<string>;
  isDead(): boolean;
  kill(): void;
}

/** How many rows of each kind a sweep deletes at once. */
const SWEPT_AT_ONCE = 50;

/** Starts a process with an empty memory. `wrapped` changes what it uses, for deliberate bugs. */
export function startProcess(holder: string, shared: Shared, wrapped: (stores: Stores) => Stores): Process {
  const { scheduler, limiter, clock, generateToken, onError } = shared;
  let kill: () => void = () => undefined;
  let isDead = false;
  const killed = new Promise<never>((_, reject) => {
    kill = () => {
      isDead = true;
      reject(new NoAnswer('The process was killed.'));
    };
  });
  killed.catch(() => undefined);
  const self: Holder = { isDead: () => isDead, kill };

  const stores = wrapped(faultyStores(shared.stores, scheduler, self, shared.faults));
  const { realms, clients, commit, initialAccessTokens, people } = stores;
  const audit = boundedAuditLog(stores.audit, {
    addressKey,
    organizationKey: (ip) => sourceOf(ip).organization,
    refreshesPerGrantPerDay: 10_000,
    append: (events) =>
      scheduler.background(async () => {
        await commit(events.map((event) => ({ kind: 'event.append', event }) as const));
      }),
  });
  const common = { realms, audit, clock, generateToken };
  const registrar = createRegistrar({
    ...common,
    clients,
    commit,
    initialAccessTokens,
    hash: sha256,
    managementUri,
  });
  const signIn = passwords({
    authenticate: async ({ realm, username, password }) => {
      const person = await shared.stores.people.findByUsername(realm, username);
      return person === undefined || password !== 'right'
        ? undefined
        : {
            person,
            methods: ['pwd'],
            stillHolds: async () => (await people.findBySubject(realm, person.subject)) !== undefined,
          };
    },
  });
  const routesOf = (realm: RealmId): RouteTable => {
    const ofRealm = { registrar, realm, onError };
    return createRouteTable(
      createAuthorizationServer({
        ...common,
        limiter,
        stores,
        signIn,
        onError,
        realm,
        issuer: ISSUERS[realm],
        pages: jsonPages,
        registration: createRegistrationEndpoint(ofRealm),
        management: createManagementEndpoint(ofRealm),
      }).routes,
    );
  };
  const routes = new Map<string, RouteTable>([
    [ISSUERS.main, routesOf('main')],
    [ISSUERS.other, routesOf('other')],
  ]);
  const sweeper = createClientSweeper({ ...stores, audit, clock, holder });
  const work = <T>(run: () => Promise<T>): Promise<T> => Promise.race([run(), killed]);

  return {
    operator: createOperator({ ...stores, ...common, hash: sha256 }),
    work,
    send: (request, ip) =>
      work(async () => {
        const { origin, pathname } = new URL(request.url);
        for (const endpoint of routes.get(origin)?.(pathname) ?? []) {
          const response = await endpoint(request, { ip });
          if (response !== undefined) return response;
        }
        return new Response(null, { status: 404 });
      }),
    sweepRows: () => work(() => stores.sweep(clock() - 60_000, SWEPT_AT_ONCE)),
    sweepClients: async (realm) => (await work(() => sweeper.sweep(realm, SWEPT_AT_ONCE))).outcome,
    isDead: self.isDead,
    kill,
  };
}
