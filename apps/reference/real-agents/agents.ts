import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type StartedProcess, startCommand } from '../test/support/process.ts';
import type { World } from './world.ts';

/** A program that attaches to an MCP server, as it comes from npm. */
export interface Agent {
  /** Its version, as it prints it. */
  version(): Promise<string>;
  /** Begins to attach to the MCP server: it opens a browser, and waits for the person. */
  attach(): Promise<StartedProcess>;
  /** What it prints when it has a token. */
  readonly success: string;
  /** Uses the MCP server with its token. Returns what it says of it. */
  use(): Promise<string>;
}

const AGENTS = process.env['AGENTS'] ?? '';

/** Runs a command to its end, and returns what it printed. */
async function run(command: string, args: readonly string[], world: World): Promise<string> {
  const started = startCommand(command, args, world.env);
  const code = await started.exit;
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${started.output()}`);
  return started.output();
}

/** Claude Code. Without an account it can do what its `mcp` command does. */
export function claudeCode(base: World): Agent {
  const env = { ...base.env, DISABLE_AUTOUPDATER: '1', CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1' };
  const world = { ...base, env };
  const command = join(AGENTS, 'claude');
  return {
    version: () => run(command, ['--version'], world),
    async attach() {
      await run(command, ['mcp', 'add', '--transport', 'http', 'notes', world.notes], world);
      // Its login insists on a terminal.
      return startCommand('script', ['-qec', `${command} mcp login notes`, '/dev/null'], env);
    },
    success: 'Authenticated with "notes"',
    use: () => run(command, ['mcp', 'list'], world),
  };
}

/** Codex. Its app server calls tools without a model. */
export function codex(world: World): Agent {
  const command = join(AGENTS, 'codex');
  const config = ['-c', 'mcp_oauth_credentials_store="file"'];
  return {
    version: () => run(command, ['--version'], world),
    attach: async () =>
      startCommand(command, [...config, 'mcp', 'add', 'notes', '--url', world.notes], world.env),
    success: 'Successfully logged in',
    async use() {
      const server = startCommand(command, [...config, 'app-server'], world.env);
      const call = callsTo(server);
      await call('initialize', {
        clientInfo: { name: 'test', title: null, version: '1' },
        capabilities: null,
      });
      const { thread } = startedThread.parse(await call('thread/start', { ephemeral: true }));
      const params = { threadId: thread.id, server: 'notes', tool: 'list_notes', arguments: {} };
      const answer = await call('mcpServer/tool/call', params);
      server.process.kill();
      return JSON.stringify(answer);
    },
  };
}

const startedThread = z.object({ thread: z.object({ id: z.string() }) });

/** Calls the methods of a process that speaks JSON-RPC, one message in a line. */
function callsTo(server: StartedProcess) {
  const { stdin, stdout } = server.process;
  if (stdin === null || stdout === null) throw new Error('The process has no input or no output.');
  const waiting = new Map<
    number,
    (message: { readonly result?: unknown; readonly error?: unknown }) => void
  >();
  createInterface({ input: stdout }).on('line', (line) => {
    const message = JSON.parse(line);
    waiting.get(message.id)?.(message);
  });
  let count = 0;
  return async (method: string, params: object): Promise<unknown> => {
    const id = (count += 1);
    const { promise, resolve } = Promise.withResolvers<{
      readonly result?: unknown;
      readonly error?: unknown;
    }>();
    waiting.set(id, resolve);
    stdin.write(`${JSON.stringify({ id, method, params })}\n`);
    const { result, error } = await promise;
    if (error !== undefined) throw new Error(`${method} is answered with ${JSON.stringify(error)}`);
    return result;
  };
}
