import { createServer, type ServerResponse } from 'node:http';
import { listening } from '@vestibule/testing/listening';
import { onTestFinished } from 'vitest';
import type { KeySetFetch, KeySetOutcome } from '../../src/index.ts';

/** A server on this computer that publishes keys until the end of the test. */
export interface KeyServer extends KeySetFetch {
  readonly origin: string;
  readonly jwksUri: string;
  /** The paths that were requested. */
  readonly asked: readonly string[];
  /** Sets the response from now on. */
  answer(how: (response: ServerResponse, path: string) => void): void;
  stop(): Promise<void>;
}

export async function startKeyServer(jwks: object): Promise<KeyServer> {
  const asked: string[] = [];
  let how = answerJson(jwks);
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    how(response, request.url ?? '');
  });
  const { at: origin, close: stop } = await listening(server);
  onTestFinished(stop);
  return {
    origin,
    jwksUri: 'https://vouch.example/jwks',
    asked,
    fetch: ({ url }) => fetchHere(new URL(new URL(url).pathname, origin)),
    answer: (next) => {
      how = next;
    },
    stop,
  };
}

/** Fetches from this server, which has no certificate. */
async function fetchHere(url: URL): Promise<KeySetOutcome> {
  try {
    const response = await fetch(url, { redirect: 'manual' });
    if (response.status !== 200) {
      return { ok: false, reason: 'status', detail: `The status is ${response.status}.` };
    }
    return { ok: true, body: await response.json() };
  } catch {
    return { ok: false, reason: 'connection', detail: 'The connection failed.' };
  }
}

export const answerJson =
  (body: object): ((response: ServerResponse, path: string) => void) =>
  (response) => {
    response.setHeader('content-type', 'application/jwk-set+json');
    response.end(JSON.stringify(body));
  };
