import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { fixtures, runFixtures } from '../src/index.ts';
import { page, startServer } from './servers/small-server.ts';

const three = fixtures.slice(0, 3);
const [first, second, third] = three.map(({ id }) => id);

test(
  cite(
    'when registrations are limited, the other agents are skipped and not tried',
    'vestibule:client-fixtures:gentle',
  ),
  async () => {
    let count = 0;
    const { issuer, registrations } = await startServer({
      limit: (response) => {
        count += 1;
        if (count > 1) response.writeHead(429, { 'retry-after': '3600' }).end();
        return count > 1;
      },
    });
    const outcomes = await runFixtures({ issuer, fixtures: three });
    expect(registrations).toHaveLength(1);
    expect(count).toBe(2);
    for (const { agent, outcome, message } of outcomes) {
      expect(outcome).toBe(agent === first ? 'passed' : 'skipped');
      if (agent !== first) {
        expect(message).toBe(
          'The server limits registrations (429, try again after 3600), so that this agent was not tried.',
        );
      }
    }
    expect(new Set(outcomes.map(({ agent }) => agent))).toEqual(new Set([first, second, third]));
  },
);

test.each([
  ['0', 2, 'passed'],
  ['0', 100, 'skipped'],
  ['3', 2, 'skipped'],
  ['Fri, 31 Dec 1999 23:59:59 GMT', 2, 'skipped'],
  [undefined, 2, 'skipped'],
])('Retry-After %s, %i times: %s', async (seconds, times, expected) => {
  let count = 0;
  const { issuer } = await startServer({
    limit: (response) => {
      count += 1;
      if (count > times) return false;
      response.writeHead(429, seconds === undefined ? {} : { 'retry-after': seconds }).end();
      return true;
    },
  });
  const outcomes = await runFixtures({ issuer, fixtures: three });
  expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set([expected]));
});

test(
  cite(
    'when authorizations are limited, the redirect URIs that are left are skipped',
    'vestibule:client-fixtures:gentle',
  ),
  async () => {
    let count = 0;
    const { issuer } = await startServer({
      refuse: (_, response) => page(response, (count += 1) > 3 ? 429 : 400),
    });
    const outcomes = await runFixtures({ issuer, fixtures: three.slice(0, 1) });
    const redirects = outcomes.filter(({ step }) => step === 'redirects');
    expect(redirects.map(({ outcome }) => outcome)).toEqual([
      'passed',
      'passed',
      'passed',
      ...redirects.slice(3).map(() => 'skipped'),
    ]);
    expect(redirects.at(-1)?.message).toBe('The server limits requests at its authorization endpoint (429).');
  },
);
