import { answerChecks } from '../answer/checks.ts';
import type { Fixture } from '../fixture/fixture.ts';
import { registrationBody } from '../registration/body.ts';
import { corsProblem } from '../registration/cors.ts';
import { type Answer, register } from '../registration/register.ts';
import type { Server } from '../server/discover.ts';
import type { RegistrationServer } from '../server/offers.ts';
import { type Attempt, outcomesOf, type Steps } from './agent-attempt.ts';
import { type CheckOutcome, judged, skipped } from './outcome.ts';
import { notRun } from './redirect-result.ts';
import { type Sent, tryRedirects } from './redirects.ts';

/** What is sent with every registration. */
interface SentToRegister extends Sent {
  readonly token: string | undefined;
}

/** Registers each agent, checks the response, and tries its redirect URIs. */
export const tryRegistrations = (
  fixtures: readonly Fixture[],
  server: RegistrationServer,
  sent: SentToRegister,
  onAgent: (fixture: Fixture) => void = () => undefined,
): Promise<readonly CheckOutcome[]> =>
  outcomesOf('dynamic', fixtures, {
    attempt: (fixture) => tryAgent(fixture, server, sent),
    nothingRun,
    onAgent,
  });

async function tryAgent(
  fixture: Fixture,
  server: RegistrationServer,
  { token, ...sent }: SentToRegister,
): Promise<Attempt> {
  const registration = await register(fixture, server, sent.fetch, token);
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
    const cors = await corsProblem(fixture.page, headers, server, sent.fetch);
    registered.push(judged('registration.readable-by-page', cors));
  }
  const answered = answerChecks.map(({ id, problem: find }) => judged(id, find(answer, fixture)));
  const { client_id: clientId } = answer;
  const redirects =
    typeof clientId === 'string'
      ? await tryRedirects(
          fixture.redirects,
          {
            clientId,
            scope: scopeOf(answer, fixture, server),
            redirectUris: fixture.registration.redirect_uris,
          },
          server,
          sent,
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
function nothingRun(fixture: Fixture, why: string): Steps {
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
