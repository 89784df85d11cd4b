import { auth } from '@modelcontextprotocol/client';
import { listenForCallback } from './callback.ts';
import { type ScriptedPersonOptions, walkThrough } from './person.ts';
import { AgentMemory } from './provider.ts';

/** Which API a token is for, and who allows it. */
export interface ObtainTokenOptions {
  /** The URL of the API. */
  readonly server: URL;
  readonly person: { readonly username: string; readonly password: string };
  /** The scopes to ask for, separated by spaces. @default those that the API advertises */
  readonly scope?: string;
  /** Called with each page that the person sees. */
  readonly onPage?: ScriptedPersonOptions['onPage'];
}

/** A token, and the client that it was issued to. */
export interface ObtainedToken {
  readonly token: string;
  readonly clientId: string;
}

/** In milliseconds; longer than the default minimum reading time. */
const READING_TIME = 1_500;

/** Registers an unknown agent for an API that need not be an MCP server, and lets a person approve it. */
export async function obtainToken({
  server,
  person,
  scope,
  onPage,
}: ObtainTokenOptions): Promise<ObtainedToken> {
  const callback = await listenForCallback();
  try {
    const memory = new AgentMemory('Demo agent', callback.url);
    await auth(memory, { serverUrl: server, ...(scope !== undefined && { scope }) });
    const { authorizationUrl } = memory;
    if (authorizationUrl === undefined) throw new Error('The agent found no authorization endpoint.');
    const destination = await walkThrough(authorizationUrl, {
      ...person,
      decision: 'approve',
      readingTime: READING_TIME,
      ...(onPage && { onPage }),
    });
    await fetch(destination);
    const response = await callback.arrival;
    const [authorizationCode, iss] = [response.get('code') ?? '', response.get('iss') ?? ''];
    await auth(memory, { serverUrl: server, authorizationCode, iss });
    const token = memory.tokens()?.access_token ?? '';
    return { token, clientId: memory.clientInformation()?.client_id ?? '' };
  } finally {
    callback.close();
  }
}
