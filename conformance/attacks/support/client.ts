import type { Addresses } from '../../support/app.ts';
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

/** Registers a client with a unique name, so that it is no duplicate. */
export async function newClient(
  app: Addresses,
  callback: string = CALLBACK,
  metadata: object = {},
): Promise<AttackClient> {
  count += 1;
  const asked = { redirect_uris: [callback], client_name: `Attacker ${count}`, ...metadata };
  const { status, body } = await register(app, asked);
  if (status !== 201) throw new Error(`The client is not registered: ${JSON.stringify(body)}`);
  const id = String(body.client_id);
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
