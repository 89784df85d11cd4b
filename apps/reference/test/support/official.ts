import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { UnauthorizedError as UnauthorizedErrorV1 } from '@modelcontextprotocol/sdk/client/auth.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  Client as ClientV2,
  StreamableHTTPClientTransport as TransportV2,
  UnauthorizedError as UnauthorizedErrorV2,
} from '@modelcontextprotocol/client';
import type { AgentMemory } from '@vestibule/example-agent';
import type { Addresses } from './app.ts';
import { approve } from './oauth.ts';

const INFO = { name: 'official', version: '1.0.0' };

/** One version of the official client, from the URL to a tool call. */
export interface Official {
  /** Runs up to the sign-in of its person, and stops. */
  begin(app: Addresses, memory: AgentMemory): Promise<void>;
  /** Connects a memory to a server: the person approves if it has no token yet. */
  attach(
    app: Addresses,
    memory: AgentMemory,
  ): Promise<{ call(tool: string): Promise<unknown>; close(): Promise<void> }>;
}

export const v1: Official = {
  async begin(app, memory) {
    const attempt = new ClientV1(INFO).connect(new TransportV1(app.notes, { authProvider: memory }));
    await expectUnauthorized(attempt, UnauthorizedErrorV1);
  },
  async attach(app, memory) {
    const first = new TransportV1(app.notes, { authProvider: memory });
    try {
      const client = new ClientV1(INFO);
      await client.connect(first);
      return { call: (name) => client.callTool({ name, arguments: {} }), close: () => client.close() };
    } catch (error) {
      if (!(error instanceof UnauthorizedErrorV1)) throw error;
    }
    const arrived = await approve(memory.authorizationUrl ?? app.notes);
    await first.finishAuth(arrived.searchParams.get('code') ?? '');
    return v1.attach(app, memory);
  },
};

export const v2: Official = {
  async begin(app, memory) {
    const attempt = new ClientV2(INFO).connect(new TransportV2(app.notes, { authProvider: memory }));
    await expectUnauthorized(attempt, UnauthorizedErrorV2);
  },
  async attach(app, memory) {
    const first = new TransportV2(app.notes, { authProvider: memory });
    try {
      const client = new ClientV2(INFO);
      await client.connect(first);
      return { call: (name) => client.callTool({ name, arguments: {} }), close: () => client.close() };
    } catch (error) {
      if (!(error instanceof UnauthorizedErrorV2)) throw error;
    }
    const arrived = await approve(memory.authorizationUrl ?? app.notes);
    await first.finishAuth(arrived.searchParams);
    return v2.attach(app, memory);
  },
};

async function expectUnauthorized(
  attempt: Promise<void>,
  kind: typeof UnauthorizedErrorV1 | typeof UnauthorizedErrorV2,
): Promise<void> {
  const error: unknown = await attempt.then(
    () => new Error('It needed nobody to sign in.'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof kind)) throw error;
}
