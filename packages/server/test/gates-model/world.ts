import { createAdministration, createRegistrar, type GateName } from '@vestibule/core';
import { createMemoryInitialAccessTokenStore } from '@vestibule/core/memory';
import { sha256, sourceOf } from '@vestibule/http';
import { decodeJwt } from 'jose';
import { PATHS } from '../../src/index.ts';
import { type Browser, createBrowser } from '../browser.ts';
import { CALLBACK, ISSUER, NOW, setUp } from '../set-up.ts';
import type { Kind } from './kinds.ts';
import { ALL_OPEN, type ApiId, type GateId, GATES, type Gates, openRealm, RESOURCES } from './realm.ts';

/** What a token says of itself. */
export interface HeldToken {
  readonly clientId: string;
  readonly resource: string;
  readonly scopes: readonly string[];
}

/** A server whose gates are moved as an operator moves them, by what an operator uses. */
export function createWorld() {
  const base = setUp(openRealm);
  const { server, options, clients, stores, realms } = base;
  const tools = { ...options, clients, grants: stores.grants, realms, hash: sha256 };
  const initialAccessTokens = createMemoryInitialAccessTokenStore();
  const administration = createAdministration({ ...tools, initialAccessTokens });
  const registrar = createRegistrar({ ...tools, initialAccessTokens });
  let gates = ALL_OPEN;

  async function moveTo(next: Gates): Promise<void> {
    for (const id of GATES) {
      if (next[id] !== gates[id]) await administration.setGate('main', gateName(id), next[id]);
    }
    gates = next;
  }

  /** Has a client of a kind introduce itself, by whatever it was given for that. */
  async function introduce({ name, metadata, bounds }: Pick<Kind, 'name' | 'metadata' | 'bounds'>) {
    const token =
      bounds &&
      (await administration.issueToken('main', { ...bounds, expiresAt: NOW + 1_000, maxUses: 1 })).token;
    const admission = await registrar.admit('main', sourceOf('192.0.2.1'), token);
    if (admission.outcome !== 'admitted') return admission;
    const body = { ...metadata, client_name: `A client ${name}`, redirect_uris: [CALLBACK] };
    return registrar.register(admission, body);
  }

  async function clientOf(kind: Kind): Promise<string> {
    const outcome = await introduce(kind);
    if (outcome.outcome !== 'registered') throw new Error(JSON.stringify(outcome));
    return outcome.response.client_id;
  }

  /** A browser that stops for a moment before it opens the page that leads back to the client. */
  function newBrowser(beforeHandBack: () => Promise<void> = async () => {}): Browser {
    const routes = server.routes.map((route) =>
      route.path === PATHS.handBack
        ? {
            ...route,
            endpoint: async (...asked: Parameters<typeof route.endpoint>) => {
              await beforeHandBack();
              return route.endpoint(...asked);
            },
          }
        : route,
    );
    return createBrowser({ ...server, routes }, ISSUER);
  }

  const authorizeUrl = (clientId: string, api: ApiId, scope: string | undefined): URL =>
    base.authorizeUrl(clientId, { resource: RESOURCES[api], scope });

  return { ...base, moveTo, gates: () => gates, introduce, clientOf, newBrowser, authorizeUrl };
}

export type World = ReturnType<typeof createWorld>;

function gateName(id: GateId): GateName {
  if (id === 'realm') return { gate: 'realm' };
  return { gate: id === 'notes' || id === 'mail' ? 'api' : 'scope', of: id };
}

/** Reads an access token as its API would. */
export function held(accessToken: string): HeldToken {
  const { aud, client_id: clientId, scope } = decodeJwt(accessToken);
  if (typeof aud !== 'string' || typeof clientId !== 'string' || typeof scope !== 'string') {
    throw new Error('A token does not say what it is good for.');
  }
  return { clientId, resource: aud, scopes: scope.split(' ') };
}
