import { createOperator, type GateName } from '@vestibule/core/operator';
import type { Persistence } from '@vestibule/core/realm';
import { createRegistrar } from '@vestibule/core/registration';
import { sha256, sourceOf } from '@vestibule/http';
import { decodeJwt } from 'jose';
import { createAuthorizationServer, passwords, PATHS } from '../../src/index.ts';
import { withRegistration } from '../aging.ts';
import { basic } from '../apis.ts';
import { type Browser, createBrowser } from '../browser.ts';
import { documentHosts } from '../document-hosts.ts';
import { ADA, CALLBACK, ISSUER, NOW, setUp } from '../set-up.ts';
import type { Kind } from './kinds.ts';
import {
  ALL_OPEN,
  type ApiId,
  type GateId,
  GATES,
  type Gates,
  openRealm,
  RESOURCES,
  secretOf,
} from './realm.ts';

/** The content of a token. */
export interface HeldToken {
  readonly clientId: string;
  readonly resource: string;
  readonly scopes: readonly string[];
}

/** The result of a registration. */
export type Introduction =
  | { readonly outcome: 'registered'; readonly clientId: string }
  | { readonly outcome: 'closed' | 'refused' | 'limited' | 'unauthorized' };

/**
 * A server whose gates change through the functions that operators use. Anyone can sign in.
 *
 * @param persistence when it stores clients that register
 */
export function createWorld(persistence: Persistence = 'immediate') {
  const hosts = documentHosts();
  const base = setUp(withRegistration(openRealm, { persistence }), { documentFetch: hosts.fetch });
  const { options, clients, stores, realms } = base;
  const server = createAuthorizationServer({
    ...options,
    signIn: passwords({
      authenticate: async ({ username }) => ({
        person: { subject: `person-${username}`, name: username },
        methods: ['pwd'],
      }),
    }),
  });
  const { audit, clock, generateToken } = options;
  const { initialAccessTokens, commit } = stores;
  const tools = { realms, audit, clock, generateToken, clients, hash: sha256 };
  const operator = createOperator({ ...stores, ...tools });
  const { sealer } = base;
  const registrar = createRegistrar({ ...tools, commit, initialAccessTokens, sealer });
  let gates = ALL_OPEN;
  let described = 0;

  async function moveTo(next: Gates): Promise<void> {
    for (const id of GATES) {
      if (next[id] !== gates[id]) await operator.gates.set(ADA, 'main', gateName(id), next[id]);
    }
    gates = next;
  }

  /** Makes a client of a kind known: it registers, a person comes with its document, or an operator creates it. */
  async function introduce(kind: Kind): Promise<Introduction> {
    const { name, madeBy, metadata, bounds, ceiling } = kind;
    if (madeBy === 'document') return describe(kind);
    if (madeBy === 'operator') {
      const made = await operator.clients.add(ADA, 'main', {
        name: 'Made by hand',
        redirectUris: [CALLBACK],
        authentication: { method: 'none' },
        access: [{ resource: RESOURCES.notes, scopes: ceiling.notes }],
      });
      return made.outcome === 'preregistered'
        ? { outcome: 'registered', clientId: made.client.id }
        : { outcome: 'refused' };
    }
    const token =
      bounds &&
      (await operator.tokens.issue(ADA, 'main', { ...bounds, expiresAt: NOW + 1_000, maxUses: 1 })).token;
    const admission = await registrar.admit('main', sourceOf('192.0.2.1'), token);
    if (admission.outcome !== 'admitted') return admission;
    const body = { ...metadata, client_name: `A client ${name}`, redirect_uris: [CALLBACK] };
    const outcome = await registrar.register(admission, body);
    return outcome.outcome === 'registered'
      ? { outcome: 'registered', clientId: outcome.response.client_id }
      : outcome;
  }

  /** Publishes a document, and begins an authorization with it, each time on another website and from another network. */
  async function describe({ name, metadata }: Kind): Promise<Introduction> {
    described += 1;
    const clientId = `https://app-${described}.example/client.json`;
    const document = { ...metadata, client_id: clientId, client_name: `A client ${name}` };
    hosts.publish({ ...document, redirect_uris: [CALLBACK] });
    const browser = createBrowser(server, ISSUER, `10.${described >> 8}.${described & 255}.1`);
    await browser.open(authorizeUrl(clientId, 'notes', undefined));
    const stored = await clients.find('main', clientId);
    return stored === undefined ? { outcome: 'closed' } : { outcome: 'registered', clientId };
  }

  async function clientOf(kind: Kind): Promise<string> {
    const introduction = await introduce(kind);
    if (introduction.outcome !== 'registered') throw new Error(JSON.stringify(introduction));
    return introduction.clientId;
  }

  /** A browser that pauses before it opens the page that leads back to the client. */
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

  /** Pushes an authorization request, as a client does before it sends the person. */
  async function push(clientId: string, api: ApiId, scope: string | undefined) {
    const body = authorizeUrl(clientId, api, scope).searchParams;
    const request = new Request(`${ISSUER}/connect/par`, { method: 'POST', body });
    const response = await server.pushedRequest(request, { ip: '192.0.2.1' });
    return { status: response.status, body: await response.json() };
  }

  /** The scopes of a token for an API: none if the token is inactive. */
  async function introspect(api: ApiId, token: string): Promise<readonly string[]> {
    const request = new Request(`${ISSUER}/connect/introspect`, {
      method: 'POST',
      body: new URLSearchParams({ token }),
      headers: { authorization: basic(api, secretOf(api)) },
    });
    const { active, scope } = await (await server.introspect(request, { ip: '' })).json();
    return active === true ? String(scope).split(' ').toSorted() : [];
  }

  return {
    ...base,
    introspect,
    push,
    moveTo,
    gates: () => gates,
    introduce,
    clientOf,
    newBrowser,
    authorizeUrl,
  };
}

export type World = ReturnType<typeof createWorld>;

function gateName(id: GateId): GateName {
  if (id === 'realm' || id === 'documents') return { gate: id };
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
