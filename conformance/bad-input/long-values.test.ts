import { cite } from '@vestibule/requirements';
import { beforeAll, describe, expect, test } from 'vitest';
import { attackedApp } from '../attacks/support/attacked.ts';
import { formOf, newBrowser } from '@vestibule/testing/browser';
import { CALLBACK, newClient } from '../attacks/support/client.ts';
import { OPEN_SEED } from '../support/app.ts';
import { superLinear } from '../support/linear-expressions.ts';
import { workOf } from '../support/work.ts';
import { HEADERS, LENGTH, longValues, METADATA, PLACES, requestsOf } from './long-values.ts';

const bugs: string[] = [];
const app = attackedApp(OPEN_SEED, { trustProxy: 1, onError: (error) => void bugs.push(String(error)) });
let clientId = '';
beforeAll(async () => {
  clientId = (await newClient(app())).id;
});

const send = (path: string, init: RequestInit = {}) =>
  fetch(`${app().issuer}${path}`, { redirect: 'manual', ...init });

/**
 * Sends requests that are refused or accepted like any other, and returns what was wrong with the responses and the work.
 */
async function problemsOf(requests: readonly (() => Promise<Response>)[]): Promise<readonly string[]> {
  const statuses: number[] = [];
  const { blocks, expressions } = await workOf(async () => {
    for (const request of requests) {
      const response = await request();
      await response.text();
      statuses.push(response.status);
    }
  });
  const backtracking = await superLinear(expressions);
  return [
    ...statuses.filter((status) => status >= 500 || status === 431).map((status) => `answered ${status}`),
    ...backtracking.map((expression) => `backtracks: ${expression}`),
    ...bugs.splice(0).map((bug) => `fails: ${bug}`),
    // About 2 for each character. If one request of 308 were quadratic in the length, it would be 24.
    ...(blocks > requests.length * LENGTH * 10
      ? [`ran ${blocks} blocks for ${requests.length} requests`]
      : []),
  ];
}

describe(cite('a header of 15 KB is work in proportion to its length', 'vestibule:bad-input:work'), () => {
  test.each(HEADERS)('%s: %s…', async (name, beginning) => {
    const requests = PLACES.flatMap(([path, type, body]) =>
      longValues(beginning).map((value) => () => {
        const headers = { ...(type !== undefined && { 'content-type': type }), [name]: value };
        return send(path, { headers, ...(body !== undefined && { method: 'POST', body }) });
      }),
    );
    expect(await problemsOf(requests)).toEqual([]);
  });
});

describe('a parameter of 15 KB is work in proportion to its length', () => {
  /** The index of a request, which is created again with the addresses of the app, and one of its parameters. */
  const parameters = requestsOf({ issuer: 'http://x', notes: new URL('http://x') }, 'x')
    .flatMap(({ endpoint, fields }, at) =>
      Object.keys(fields).map((name): [string, string, number] => [endpoint, name, at]),
    )
    .filter(
      ([endpoint, name], at, all) =>
        all.findIndex((other) => other[0] === endpoint && other[1] === name) === at,
    );
  test.each(parameters)('%s: %s', async (endpoint, name, at) => {
    const { fields = {} } = requestsOf(app(), clientId)[at] ?? {};
    const requests = longValues(fields[name] ?? '').map((value) => () => {
      const sent = new URLSearchParams({ ...fields, [name]: value });
      return endpoint === 'authorize'
        ? send(`/connect/${endpoint}?${sent}`.slice(0, LENGTH))
        : send(`/connect/${endpoint}`, { method: 'POST', body: sent });
    });
    expect(await problemsOf(requests)).toEqual([]);
  });

  test.each(['username', 'password'])('sign-in: %s', async (name) => {
    const [client, browser] = [await newClient(app()), newBrowser()];
    const { action, fields } = formOf(await browser.open(client.url()));
    const cookie = await browser.jar.getCookieString(action.href);
    const requests = longValues('ada').map((value, at) => () => {
      const body = new URLSearchParams({ ...fields, username: `ada${at}`, password: 'x', [name]: value });
      const headers = { cookie, 'x-forwarded-for': `192.0.2.${at}` };
      return send(action.pathname, { method: 'POST', headers, body });
    });
    expect(await problemsOf(requests)).toEqual([]);
  });
});

describe('a member of 15 KB in a registration is work in proportion to its length', () => {
  const register = (metadata: object) => () =>
    send('/connect/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ redirect_uris: [CALLBACK], ...metadata }),
    });

  test.each(Object.entries(METADATA))('%s', async (name, beginning) => {
    const requests = longValues(beginning).map((value) => register({ [name]: value }));
    expect(await problemsOf(requests)).toEqual([]);
  });

  test.each(['redirect_uris', 'contacts', 'grant_types', 'response_types'])('%s', async (name) => {
    const values = ['https://app.example/', 'http://127.0.0.1/', 'app.example:/'].flatMap(longValues);
    expect(await problemsOf(values.map((value) => register({ [name]: [value] })))).toEqual([]);
  });

  test('a name of a member', async () => {
    const requests = longValues('client_name#').map((name) => register({ [name]: 'x' }));
    expect(await problemsOf(requests)).toEqual([]);
  });
});
