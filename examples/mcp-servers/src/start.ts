import { startIssuer } from '@vestibule/example-issuer';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServerV1 } from './v1.ts';
import { createServerV2 } from './v2.ts';

const SERVERS = { v1: createServerV1, v2: createServerV2 };

/** An MCP server and its issuer. */
export interface Started {
  /** The address to give to an agent. */
  readonly resource: string;
  stopIssuer(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts an MCP server with one version of the official SDK, and an issuer, each on a port of this computer. */
export async function start(version: 'v1' | 'v2', issuerPort: number, port: number): Promise<Started> {
  const resource = `http://127.0.0.1:${port}/mcp`;
  const scopes = { 'notes:read': 'Read your notes' };
  const { issuer, stop: stopIssuer } = await startIssuer(issuerPort, { name: 'Who', resource, scopes });
  const listener = SERVERS[version]({ issuer, resource, scopes: Object.keys(scopes) });
  const server = createServer(listener).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    resource,
    stopIssuer,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await stopIssuer();
    },
  };
}
