import type { Entry, Fact, Moment } from '@vestibule/conformance';
import { decodeJwt } from 'jose';

/** What was presented for tokens. */
export interface Presented {
  readonly grantType: 'authorization_code' | 'refresh_token';
  readonly presented: string;
  /** When the request was sent. */
  readonly began: Moment;
}

interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
}

/** The responses to clients, and their progress. */
export interface Tally {
  readonly clients: string[];
  readonly accessTokens: string[];
  /** Refresh tokens that are the newest of their family. */
  readonly families: { readonly clientId: string; readonly newest: string }[];
  /** The same as a history, for the invariants of the simulation. */
  readonly history: readonly Entry[];
  readonly done: number;
  readonly interrupted: number;
  registered(clientId: string): void;
  issued(tokens: Tokens, presented: Presented): void;
  /** The current place in the history. */
  moment(): Moment;
  finish(): void;
  interrupt(): void;
  /** Resolves when the given number of flows is done. */
  reaches(count: number): Promise<void>;
}

export function startTally(): Tally {
  const clients: string[] = [];
  const accessTokens: string[] = [];
  const history: Entry[] = [];
  let order = 0;
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let done = 0;
  let interrupted = 0;
  const moment = (): Moment => ({ order: (order += 1), at: Date.now() });
  const learn = (act: string, began: Moment, fact: Fact): void => {
    const number = history.length + 1;
    history.push({ number, actor: 'agent', act, began, ended: moment(), answer: '', facts: [fact] });
  };
  return {
    history,
    moment,
    clients,
    accessTokens,
    families: [],
    get done() {
      return done;
    },
    get interrupted() {
      return interrupted;
    },
    registered(clientId) {
      clients.push(clientId);
      learn('registers', moment(), { kind: 'registered', realm: 'test', clientId });
    },
    issued({ access_token, refresh_token }, { began, ...presented }) {
      accessTokens.push(access_token);
      const claims = decodeJwt<{ client_id: string; grant_id: string; scope: string }>(access_token);
      learn(presented.grantType, began, {
        ...presented,
        kind: 'tokens',
        realm: 'test',
        clientId: claims.client_id,
        tokenId: claims.jti ?? '',
        grantId: claims.grant_id,
        subject: claims.sub ?? '',
        resource: String(claims.aud),
        scopes: claims.scope.split(' '),
        ...(refresh_token !== undefined && { refreshToken: refresh_token }),
      });
    },
    finish() {
      done += 1;
      for (const { count, resolve } of waiting) if (done >= count) resolve();
    },
    interrupt: () => void (interrupted += 1),
    reaches: (count) =>
      new Promise((resolve) => {
        if (done >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
}
