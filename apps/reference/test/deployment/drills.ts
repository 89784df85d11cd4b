import { temporaryFolder } from '@vestibule/testing/folder';
import type { Addresses } from '@vestibule/testing/oauth';
import { freePort } from '@vestibule/testing/port';
import { join } from 'node:path';
import { OPEN_SEED } from '../support/app.ts';
import { approve, authorizeUrl, exchange, register, token } from '../support/oauth.ts';
import { type StartedProcess, startProcess } from '../support/process.ts';
import { writeSeed } from '../support/seed-file.ts';

const REDIRECT_URI = 'http://localhost:8090/callback';

/** An installation: one folder, one issuer, and an app that starts with any database. */
export interface Installation {
  readonly folder: string;
  readonly addresses: Addresses;
  envOf(databaseUrl: string): Readonly<Record<string, string>>;
  start(databaseUrl: string): Promise<StartedProcess>;
}

export async function newInstallation(): Promise<Installation> {
  const folder = temporaryFolder();
  const port = String(await freePort());
  const issuer = `http://localhost:${port}`;
  const seed = await writeSeed(JSON.stringify(OPEN_SEED));
  const envOf = (databaseUrl: string) => ({
    PORT: port,
    DATABASE_URL: databaseUrl,
    SEED: seed,
    KEY_ENCRYPTION_KEY_FILE: join(folder, 'secret'),
  });
  return {
    folder,
    addresses: { issuer, notes: new URL('/mcp', issuer) },
    envOf,
    async start(databaseUrl) {
      const app = startProcess(['start'], envOf(databaseUrl));
      await app.said('serves the realm');
      return app;
    },
  };
}

/** A connected agent. */
export interface ConnectedAgent {
  readonly clientId: string;
  readonly refreshToken: string;
}

/** Registers an agent, which a person approves. */
export async function connectAgent(addresses: Addresses): Promise<ConnectedAgent> {
  const { body: client } = await register(addresses, { redirect_uris: [REDIRECT_URI], client_name: 'Kept' });
  const url = authorizeUrl(addresses, client.client_id, { redirect_uri: REDIRECT_URI });
  const { body } = await exchange(addresses, client.client_id, REDIRECT_URI, await approve(url));
  return { clientId: client.client_id, refreshToken: body.refresh_token };
}

/** The status of a refresh. */
export async function refresh(
  addresses: Addresses,
  { clientId, refreshToken }: ConnectedAgent,
): Promise<number> {
  const fields = { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken };
  const { status } = await token(addresses, fields);
  return status;
}
