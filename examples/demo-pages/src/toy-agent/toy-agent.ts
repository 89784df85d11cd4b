import { type Attachment, startAttachment } from '@vestibule/example-agent';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { DemoPage } from '../demo-page.ts';
import { connectedPage, notConnectedPage, type ToyAgentLinks } from './toy-agent-pages.ts';
import { createPendingAttachments } from './pending-attachments.ts';

/** An agent with pages, on a port of its own: for the authorization server, a program on this computer like any other. */
export interface ToyAgent {
  /** Where a person begins. */
  readonly url: string;
  /** Begins to serve the pages, for the MCP server and the issuer that it is tried on. */
  serve(target: ToyAgentTarget): void;
  close(): void;
}

/** What the toy agent attaches to. */
export interface ToyAgentTarget {
  /** The URL of the Notes MCP server. */
  readonly notes: URL;
  readonly issuer: string;
}

const STATE_COOKIE = 'toy-agent-state';

/** Listens on a free port of 127.0.0.1. */
export async function startToyAgent(): Promise<ToyAgent> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const origin = `http://127.0.0.1:${port}`;
  const url = `${origin}/connect`;
  return {
    url,
    serve(target) {
      const respond = createResponder(origin, url, target);
      server.on('request', (request, response) => void respond(request, response));
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @param again where a person begins again */
function createResponder(origin: string, again: string, { notes, issuer }: ToyAgentTarget) {
  const pending = createPendingAttachments();
  const links: ToyAgentLinks = {
    frontPage: new URL('/', issuer).href,
    connectedApps: `${issuer}/connect/apps`,
    again,
  };

  async function connect(response: ServerResponse): Promise<void> {
    const attachment = await startAttachment({
      server: notes,
      name: 'Toy agent',
      redirectUrl: `${origin}/callback`,
    });
    pending.add(attachment);
    response.writeHead(303, {
      location: attachment.authorizationUrl.href,
      'set-cookie': `${STATE_COOKIE}=${attachment.state}; HttpOnly; SameSite=Lax; Path=/`,
    });
    response.end();
  }

  async function callback(request: IncomingMessage, parameters: URLSearchParams): Promise<DemoPage> {
    const attachment = pending.take(parameters.get('state'), stateCookie(request));
    if (attachment === undefined) {
      return notConnectedPage('This page was opened before, or not by the browser that began.', links);
    }
    if (parameters.get('error') === 'access_denied') {
      return notConnectedPage('You denied access. The agent got nothing.', links);
    }
    return report(attachment, parameters);
  }

  async function report(attachment: Attachment, parameters: URLSearchParams): Promise<DemoPage> {
    const agent = await attachment.finish(parameters);
    try {
      const listed = await agent.call('list_notes');
      const deletion = await agent.call('delete_all_notes');
      const found = { scopes: agent.scopes, notes: listed.text.split('\n'), refusal: deletion.text };
      return connectedPage(found, links);
    } finally {
      await agent.close();
    }
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, headers } = request;
    const asked = URL.parse(request.url ?? '/', origin);
    // A name that resolves to this computer is not this agent's, because of DNS rebinding.
    if (headers.host !== new URL(origin).host || method !== 'GET' || asked === null) {
      response.writeHead(404).end();
      return;
    }
    try {
      switch (asked.pathname) {
        case '/connect':
          return await connect(response);
        case '/callback':
          return send(response, 200, await callback(request, asked.searchParams));
        default:
          response.writeHead(303, { location: links.frontPage }).end();
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'The agent failed.';
      send(response, 502, notConnectedPage(reason, links));
    }
  };
}

function stateCookie({ headers }: IncomingMessage): string | undefined {
  const cookies = headers.cookie?.split('; ') ?? [];
  return cookies.find((cookie) => cookie.startsWith(`${STATE_COOKIE}=`))?.slice(STATE_COOKIE.length + 1);
}

function send(response: ServerResponse, status: number, { text, headers }: DemoPage): void {
  response.writeHead(status, headers).end(text);
}
