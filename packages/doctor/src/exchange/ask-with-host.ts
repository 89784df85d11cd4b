import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Exchange } from './exchange.ts';

/** Sends a GET request with a `Host` header that is not that of the URL, which `fetch` does not do. */
export type AskWithHost = (url: string, host: string) => Promise<Exchange>;

const PATIENCE = 10_000;
const MAX_BODY = 64 * 1_024;

export const askWithHost: AskWithHost = (url, host) =>
  new Promise((resolve) => {
    const send = url.startsWith('https:') ? requestHttps : requestHttp;
    const none = (problem: string): void => resolve({ method: 'GET', url, reply: { kind: 'none', problem } });
    const request = send(
      url,
      { headers: { host, accept: 'application/json' }, signal: AbortSignal.timeout(PATIENCE) },
      (response) => {
        const headers = new Headers();
        for (const [name, value] of Object.entries(response.headers)) headers.set(name, String(value));
        let body = '';
        const end = (): void => {
          resolve({
            method: 'GET',
            url,
            reply: { kind: 'response', status: response.statusCode ?? 0, headers, body },
          });
        };
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          body += part;
          if (body.length < MAX_BODY) return;
          end();
          response.destroy();
        });
        response.on('end', end);
        response.on('error', ({ message }) => none(message));
      },
    );
    request.on('error', ({ message }) => none(`gives no response (${message})`));
    request.end();
  });
