import type { Clock, Instant, Milliseconds } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { Site } from '@vestibule/express';
import type { Route } from '@vestibule/http';
import type { RealmRoutes } from './realm-routes.ts';
import type { ListedRealms } from './realms-or-empty.ts';
import { tokenAliases } from './token-aliases.ts';

/** The realms that are served at a moment, and the sites that serve them. */
export interface Served {
  readonly realms: readonly Realm[];
  /** Each origin with the routes of all its realms. The same object while nothing has changed. */
  readonly sites: readonly Site[];
}

export interface ServedRealmsOptions {
  readonly realms: Pick<ListedRealms, 'list'>;
  readonly routesOf: RealmRoutes;
  /** Routes at every origin that has a realm. */
  readonly routesOfOrigin: readonly Route[];
  readonly clock: Clock;
  /** Called with the reason why a realm is not served. */
  readonly onError: (error: unknown) => void;
}

/** How long the list of realms counts before it is read again, in milliseconds. */
export const FRESH: Milliseconds = 1_000;

/**
 * Returns the realms to serve and follows the store: a realm that was added, removed or got other APIs counts at most
 * {@link FRESH} milliseconds later, on every node. However many requests arrive, and whatever they ask for, the store is read
 * once in that time, and only realms of the store take memory. If the store cannot be read, the last list counts: the
 * endpoints behind it report the outage.
 */
export function followRealms({
  realms,
  routesOf,
  routesOfOrigin,
  clock,
  onError,
}: ServedRealmsOptions): () => Promise<Served> {
  let served: Served | undefined;
  let readAt: Instant = -Infinity;
  let reading: Promise<Served> | undefined;
  let kept: ReadonlyMap<string, KeptRoutes> = new Map();
  let reported: ReadonlySet<string> = new Set();

  async function read(): Promise<Served> {
    readAt = clock();
    try {
      served = serve(await realms.list(), served);
    } catch (error) {
      if (served === undefined) throw error;
    } finally {
      reading = undefined;
    }
    return served;
  }

  function serve(all: readonly Realm[], previous: Served | undefined): Served {
    const problems = new Map<string, unknown>();
    const next = new Map<string, KeptRoutes>();
    const sites: Site[] = [];
    const hosts = new Set<string>();
    for (const [origin, atOrigin] of Map.groupBy(all, ({ issuer }) => new URL(issuer).origin)) {
      const { host } = new URL(origin);
      if (hosts.has(host)) {
        for (const { id } of atOrigin) problems.set(id, new Error(sameHost(id, origin)));
        continue;
      }
      hosts.add(host);
      for (const realm of atOrigin) {
        const routes = keptOrMade(realm, atOrigin, problems);
        if (routes !== undefined) next.set(realm.id, routes);
      }
      const routes = atOrigin.flatMap(({ id }) => next.get(id)?.routes ?? []);
      sites.push(siteOf(origin, [...routesOfOrigin, ...routes], previous));
    }
    for (const [id, problem] of problems) if (!reported.has(id)) onError(problem);
    reported = new Set(problems.keys());
    kept = next;
    const isSame =
      previous?.sites.length === sites.length && sites.every((site, index) => site === previous.sites[index]);
    return { realms: all.filter(({ id }) => next.has(id)), sites: isSame ? previous.sites : sites };
  }

  /** Routes are made again only if something that they depend on has changed: settings are read at every request. */
  function keptOrMade(
    realm: Realm,
    atOrigin: readonly Realm[],
    problems: Map<string, unknown>,
  ): KeptRoutes | undefined {
    const aliases = tokenAliases(realm, atOrigin);
    const basis = JSON.stringify([realm.issuer, aliases, realm.apis.map(address)]);
    const known = kept.get(realm.id);
    if (known?.basis === basis) return known;
    try {
      return { basis, routes: routesOf(realm, aliases) };
    } catch (error) {
      problems.set(realm.id, error);
      return undefined;
    }
  }

  return () => {
    const isFresh = Math.abs(clock() - readAt) < FRESH;
    if (served !== undefined && isFresh) return Promise.resolve(served);
    reading ??= read();
    return reading;
  };
}

/** The routes of a realm, and what they depend on. */
interface KeptRoutes {
  readonly basis: string;
  readonly routes: readonly Route[];
}

const address = ({ id, resource }: Realm['apis'][number]): readonly string[] => [id, resource];

/** The site that was served before, if it has the same routes. */
function siteOf(origin: string, routes: readonly Route[], previous: Served | undefined): Site {
  const known = previous?.sites.find((site) => site.origin === origin);
  const isSame =
    known?.routes.length === routes.length && routes.every((route, index) => route === known.routes[index]);
  return isSame ? known : { origin, routes };
}

const sameHost = (id: string, origin: string): string =>
  `The realm ${id} is not served: another realm has the same host as its origin ${origin}, with another scheme.`;
