import { type AttachedAgent, startAttachment } from './attachment.ts';
import { listenForCallback } from './callback.ts';
import { type ScriptedPersonOptions, walkThrough } from './person.ts';

/** In milliseconds; longer than the default minimum reading time. */
const READING_TIME = 1_500;

/** Which agent attaches, where, and for whom. */
export interface AttachOptions {
  /** The URL that a person would paste into an agent. */
  readonly server: URL;
  readonly person: { readonly username: string; readonly password: string };
  /** The name with which the agent registers. @default "Demo agent" */
  readonly name?: string;
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch;
  /** Called with each page that the person sees. */
  readonly onPage?: ScriptedPersonOptions['onPage'];
}

/**
 * Attaches an unknown agent with the official MCP client: it discovers the authorization server and registers, a person signs in
 * and approves, and the agent gets a token.
 */
export async function attach(options: AttachOptions): Promise<AttachedAgent> {
  const { server, person, name = 'Demo agent', fetch = globalThis.fetch, onPage } = options;
  const callback = await listenForCallback();
  try {
    const attachment = await startAttachment({ server, name, redirectUrl: callback.url, fetch });
    const destination = await walkThrough(attachment.authorizationUrl, {
      ...person,
      decision: 'approve',
      readingTime: READING_TIME,
      ...(onPage && { onPage }),
    });
    await globalThis.fetch(destination);
    return await attachment.finish(await callback.arrival);
  } finally {
    callback.close();
  }
}
