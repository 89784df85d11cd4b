import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { AgentMemory } from './provider.ts';

/** Who attaches, and where. */
export interface AttachmentOptions {
  /** The URL that a person would paste into an agent. */
  readonly server: URL;
  /** The name with which the agent registers. */
  readonly name: string;
  readonly redirectUrl: string;
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch;
}

/** An agent that is registered and waits for its person. */
export interface Attachment {
  /** Where the agent sends the browser. */
  readonly authorizationUrl: URL;
  /** The `state` that the authorization response has to have. */
  readonly state: string;
  /**
   * Exchanges the code for a token, and connects.
   *
   * @throws Error if the authorization server returned an error, or another `state`
   */
  finish(parameters: URLSearchParams): Promise<AttachedAgent>;
}

/** An agent with a token. */
export interface AttachedAgent {
  /** The scopes of its token. */
  readonly scopes: readonly string[];
  call(tool: string): Promise<ToolResult>;
  close(): Promise<void>;
}

/** What a tool returned. */
export interface ToolResult {
  readonly text: string;
  readonly failed: boolean;
}

/** Attaches with the official MCP client up to the authorization request: a call without a token, discovery, registration. */
export async function startAttachment(options: AttachmentOptions): Promise<Attachment> {
  const { server, name, redirectUrl, fetch = globalThis.fetch } = options;
  const memory = new AgentMemory(name, redirectUrl);
  const transportOptions = { authProvider: memory, fetch };
  const newClient = (): Client => new Client({ name: 'demo-agent', version: '1.0.0' });

  const first = new StreamableHTTPClientTransport(server, transportOptions);
  try {
    await newClient().connect(first);
    throw new Error('The server accepted the agent without a token.');
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
  }
  const { authorizationUrl } = memory;
  if (authorizationUrl === undefined) throw new Error('The agent found no authorization endpoint.');

  return {
    authorizationUrl,
    state: memory.state(),
    async finish(parameters) {
      if (parameters.get('state') !== memory.state()) {
        throw new Error('The authorization response has another state than the request.');
      }
      await first.finishAuth(parameters);
      const client = newClient();
      await client.connect(new StreamableHTTPClientTransport(server, transportOptions));
      return {
        scopes: memory.tokens()?.scope?.split(' ') ?? [],
        call: (tool) => callTool(client, tool),
        close: () => client.close(),
      };
    },
  };
}

async function callTool(client: Client, name: string): Promise<ToolResult> {
  const result = await client.callTool({ name, arguments: {} });
  const text = result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
  return { text, failed: result.isError === true };
}
