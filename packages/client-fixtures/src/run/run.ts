import { answerChecks } from '../answer/checks.ts';
import { fixtures as everyFixture } from '../fixture/all.ts';
import type { Fixture } from '../fixture/fixture.ts';
import { registrationBody } from '../registration/body.ts';
import { corsProblem } from '../registration/cors.ts';
import { type Answer, register } from '../registration/register.ts';
import { discover, type Server } from '../server/discover.ts';
import { findResource } from '../server/resource.ts';
import type { Fetch } from '../server/send.ts';
import { type CheckOutcome, judged, type Result, skipped, type Step } from './outcome.ts';
import { notRun } from './redirect-result.ts';
import { tryRedirects } from './redirects.ts';

/** Which server to test, and how. */
export interface RunOptions {
  /** The issuer identifier, as in the metadata of the server. */
  readonly issuer: string;
  /** The API that tokens are requested for. @default one that belongs to the server, if one is found */
  readonly resource?: string;
  /** An initial access token that can register one client for each agent. @default none, because agents have none */
  readonly token?: string;
  /** @default the global `fetch` */
  readonly fetch?: Fetch;
  /** The agents to try. @default all */
  readonly fixtures?: readonly Fixture[];
  /** Called before each agent is tried. */
  readonly onAgent?: (fixture: Fixture) => void;
}

/**
 * Registers each agent at a server, checks the response, and tries its redirect URIs, one agent at a time. A wrong response
 * is an outcome, not an exception. If the server limits registrations, the remaining agents are skipped.
 *
 * @throws ServerNotFound if the issuer has no metadata, or they name no registration endpoint
 */
export async function runFixtures(options: RunOptions): Promise<readonly CheckOutcome[]> {
  const { issuer, fetch = globalThis.fetch, fixtures = everyFixture, onAgent } = options;
  const server = await discover(issuer, fetch);
  const resource = options.resource ?? (await findResource(server, fetch));
  const sent = { fetch, resource, token: options.token };
  const outcomes: CheckOutcome[] = [];
  let limit: string | undefined;
  for (const fixture of fixtures) {
    onAgent?.(fixture);
    const attempt =
      limit === undefined ? await tryAgent(fixture, server, sent) : { steps: nothingRun(fixture, limit) };
    limit ??= attempt.limit;
    for (const [step, results] of attempt.steps) {
      for (const result of results) outcomes.push({ agent: fixture.id, step, ...result });
    }
  }
  return outcomes;
}

interface Attempt {
  readonly steps: readonly (readonly [Step, readonly Result[]])[];
  /** Why no further agent should be tried. */
  readonly limit?: string;
}

interface Sent {
  readonly fetch: Fetch;
  readonly resource: string | undefined;
  readonly token: string | undefined;
}

async function tryAgent(
  fixture: Fixture,
  server: Server,
  { fetch, resource, token }: Sent,
): Promise<Attempt> {
  const registration = await register(fixture, server, fetch, token);
  if (registration.kind === 'limited') {
    const wait = registration.retryAfter === null ? '' : `, try again after ${registration.retryAfter}`;
    const limit = `The server limits registrations (429${wait}), so that this agent was not tried.`;
    return { steps: nothingRun(fixture, limit), limit };
  }
  if (registration.kind === 'refused') {
    const [, ...others] = nothingRun(fixture, 'The agent is not registered.');
    return { steps: [['registration', [judged('registration.accepted', registration.problem)]], ...others] };
  }

  const { answer, headers, problem } = registration;
  const registered = [judged('registration.accepted', problem)];
  if (fixture.page !== undefined) {
    const cors = await corsProblem(fixture.page, headers, server, fetch);
    registered.push(judged('registration.readable-by-page', cors));
  }
  const answered = answerChecks.map(({ id, problem: find }) => judged(id, find(answer, fixture)));
  const { client_id: clientId } = answer;
  const redirects =
    typeof clientId === 'string'
      ? await tryRedirects(
          fixture,
          {
            clientId,
            scope: scopeOf(answer, fixture, server),
            ...(resource !== undefined && { resource }),
          },
          server,
          fetch,
        )
      : fixture.redirects.map((redirect) => notRun(redirect, 'The agent has no client_id.'));
  return {
    steps: [
      ['registration', registered],
      ['answer', answered],
      ['redirects', redirects],
    ],
  };
}

/** The scope that it requests: what it was granted, otherwise what it registered. */
function scopeOf({ scope }: Answer, fixture: Fixture, server: Server): string {
  return typeof scope === 'string' ? scope : (registrationBody(fixture, server).scope ?? '');
}

/** All checks of an agent, skipped. */
function nothingRun(fixture: Fixture, why: string): Attempt['steps'] {
  const registration = [
    skipped('registration.accepted', why),
    ...(fixture.page === undefined ? [] : [skipped('registration.readable-by-page', why)]),
  ];
  return [
    ['registration', registration],
    ['answer', answerChecks.map(({ id }) => skipped(id, why))],
    ['redirects', fixture.redirects.map((redirect) => notRun(redirect, why))],
  ];
}
