import type { Addresses, TestApp } from '../../support/app.ts';
import { describeClient } from './described-client.ts';
import { approve, authorizeUrl, exchange, register, token } from '@vestibule/testing/oauth';

/** The redirect URI of the clients of attacks, if it does not matter. */
export const CALLBACK = 'http://127.0.0.1:4711/cb';

/** A dynamic client and its requests. */
export interface AttackClient {
  readonly id: string;
  readonly callback: string;
  /** Its authorization request. */
  url(parameters?: Record<string, string>): URL;
  /** A code that Ada approved. */
  code(parameters?: Record<string, string>): Promise<URL>;
  exchange(arrived: URL, fields?: Record<string, string>): ReturnType<typeof exchange>;
  /** Tokens that Ada approved. */
  tokens(): Promise<{ readonly access_token: string; readonly refresh_token: string }>;
  refresh(refreshToken: string, fields?: Record<string, string>): ReturnType<typeof token>;
}

let count = 0;

/** Whether clients have documents instead of registrations. */
export const HAS_DOCUMENTS = process.env['CLIENTS'] === 'documents';

/** Makes a client known by registration, or by its document in a run with documents. */
export const newClient = (
  app: Addresses,
  callback: string = CALLBACK,
  metadata: object = {},
): Promise<AttackClient> =>
  clientOf(app, callback, metadata, (named) =>
    HAS_DOCUMENTS && isInside(app) ? describeClient(app, count, named) : registered(app, named),
  );

/** Registers a client, for attacks that only a registered one can make. */
export const newRegisteredClient = (
  app: Addresses,
  callback: string = CALLBACK,
  metadata: object = {},
): Promise<AttackClient> => clientOf(app, callback, metadata, (named) => registered(app, named));

/** A client with a unique name, so that it is no duplicate. */
async function clientOf(
  app: Addresses,
  callback: string,
  metadata: object,
  makeKnown: (metadata: object) => Promise<string>,
): Promise<AttackClient> {
  count += 1;
  const id = await makeKnown({ redirect_uris: [callback], client_name: `Attacker ${count}`, ...metadata });
  const url = (parameters: Record<string, string> = {}): URL =>
    authorizeUrl(app, id, { redirect_uri: callback, ...parameters });
  const code = (parameters: Record<string, string> = {}): Promise<URL> => approve(url(parameters));
  return {
    id,
    callback,
    url,
    code,
    exchange: (arrived, fields = {}) => exchange(app, id, callback, arrived, fields),
    async tokens() {
      const answer = await exchange(app, id, callback, await code());
      if (answer.status !== 200) throw new Error(`There are no tokens: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    refresh: (refreshToken, fields = {}) =>
      token(app, {
        grant_type: 'refresh_token',
        client_id: id,
        refresh_token: refreshToken,
        ...fields,
      }),
  };
}

async function registered(app: Addresses, metadata: object): Promise<string> {
  const { status, body } = await register(app, metadata);
  if (status !== 201) throw new Error(`The client is not registered: ${JSON.stringify(body)}`);
  return String(body.client_id);
}

const isInside = (app: Addresses): app is TestApp => 'stores' in app;
