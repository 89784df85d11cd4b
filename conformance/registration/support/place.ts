import type { Client } from '@vestibule/core';
import type { AuditEvent } from '@vestibule/core/audit';
import { createOperator, type TokenTerms } from '@vestibule/core/operator';
import { type PartialRealmSettings, type Realm, realmSettings } from '@vestibule/core/realm';
import { createRegistrar } from '@vestibule/core/registration';
import { randomToken, sha256 } from '@vestibule/http';
import { createManagementEndpoint, createRegistrationEndpoint } from '@vestibule/http/registration';
import { createAuthorizationServer, managementUri, passwords, PATHS } from '@vestibule/server';
import type { AssertionOptions } from '@vestibule/assertions';
import { createStatementVerifier } from '@vestibule/assertions/software-statements';
import { createPages } from '@vestibule/consent-ui';
import { NOW } from '@vestibule/testing/now';
import { ACTOR } from '@vestibule/testing/operator';
import { NOTES_REALM } from '@vestibule/testing/realm';
import { vendors } from '@vestibule/vendor-directory';
import { randomBytes } from 'node:crypto';
import type { Venue } from './venue.ts';

export { NOW };

export type Registration = NonNullable<PartialRealmSettings['registration']>;

export const OPERATOR = 'the-operators-own-token-0123456789ab';

const pages = createPages();

/** An HTTP request. A body that is not a string is sent as JSON. */
export interface Asked {
  readonly method?: string;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly from?: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text as JSON; empty if there is none. */
  // oxlint-disable-next-line typescript/no-explicit-any -- Tests read responses untyped.
  readonly body: any;
}

export type Place = Awaited<ReturnType<typeof openPlace>>;

/** A complete realm at a venue, with a clock that tests set. */
export async function openPlace(
  venue: Venue,
  registration: Registration = {},
  statements: AssertionOptions = {},
) {
  const { stores, limiter } = venue;
  const { clients, commit, initialAccessTokens, audit, realms } = stores;
  const id = `r${randomBytes(8).toString('hex')}`;
  const issuer = `${venue.origin}/realms/${id}`;
  const realmWith = (settings: Registration): Realm => ({
    ...NOTES_REALM,
    id,
    name: 'A realm',
    issuer,
    settings: realmSettings({ registration: { open: true, ...settings } }),
  });
  await realms.insert(realmWith(registration));

  let now = NOW;
  const errors: unknown[] = [];
  const onError = (error: unknown): void => void errors.push(error);
  const shared = { realms, audit, clock: () => now, generateToken: randomToken };
  const registrar = createRegistrar({
    ...shared,
    clients,
    commit,
    initialAccessTokens,
    hash: sha256,
    statements: createStatementVerifier(statements),
    vendors,
    managementUri,
  });
  const ofRealm = { registrar, realm: id, onError, rulesUri: `${issuer}${PATHS.rules}` };
  const server = createAuthorizationServer({
    ...shared,
    limiter,
    realm: id,
    issuer,
    vendors,
    stores,
    signIn: passwords({ authenticate: async () => undefined }),
    pages,
    onError,
    registration: createRegistrationEndpoint({
      ...ofRealm,
      isOperator: async (token) => token === OPERATOR,
    }),
    management: createManagementEndpoint(ofRealm),
  });
  venue.mount(id, server.routes);
  const operator = createOperator({
    ...stores,
    ...shared,
    clients,
    hash: sha256,
  });

  async function ask(
    path: string,
    { method = 'POST', token, headers, body, from = '192.0.2.1' }: Asked = {},
  ): Promise<Answered> {
    const url = new URL(path.startsWith('/') ? `${issuer}${path}` : path);
    const init = {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: bodyOf(body) }),
    };
    const response = await venue.send(url, init, from);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text !== '' ? JSON.parse(text) : undefined,
    };
  }

  return {
    id,
    issuer,
    errors,
    operator,
    initialAccessTokens,
    ask,
    register: (body: unknown, asked: Asked = {}) => ask(PATHS.register, { body, ...asked }),
    /** Registers, and returns the response. */
    async registered(body: unknown = BODY, asked: Asked = {}) {
      const answer = await ask(PATHS.register, { body, ...asked });
      if (answer.status !== 201) throw new Error(`${answer.status}: ${answer.text}`);
      return answer.body;
    },
    pass: (seconds: number) => void (now += seconds * 1_000),
    async change(settings: Registration) {
      const { version } = (await realms.find(id)) ?? { version: 0 };
      await realms.replace(realmWith(settings), version);
    },
    issue: (terms: Partial<TokenTerms> = {}) =>
      operator.tokens.issue(ACTOR, id, { expiresAt: now + 3_600_000, maxUses: 1, ...terms }),
    /** Every client of the realm, by id. */
    clients: async (): Promise<readonly Client[]> => (await clients.list(id, { limit: 1_000 })).items,
    /** Every event of the realm. */
    events: async (): Promise<readonly AuditEvent[]> => (await audit.list(id, { limit: 1_000 })).items,
    /** How often each type of event occurred. */
    async counts(): Promise<Readonly<Record<string, number>>> {
      const counts: Record<string, number> = {};
      for (const { type } of (await audit.list(id, { limit: 1_000 })).items) {
        counts[type] = (counts[type] ?? 0) + 1;
      }
      return counts;
    },
    stored: (clientId: string) => clients.find(id, clientId),
  };
}

const bodyOf = (body: unknown): string | Uint8Array<ArrayBuffer> => {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
};

/** The smallest body with a name. */
export const BODY = { redirect_uris: ['https://app.example/cb'], client_name: 'Garden app' } as const;

export const REGISTER: string = PATHS.register;
