import type { Fixture } from '../fixture/fixture.ts';
import type { RegistrationServer } from '../server/offers.ts';
import { quote } from '../server/say.ts';
import { type Fetch, readJsonObject, send } from '../server/send.ts';
import { registrationBody } from './body.ts';

/** The body of a response to a registration. */
export type Answer = Readonly<Record<string, unknown>>;

/** The result of a registration. */
export type Registration =
  | {
      readonly kind: 'registered';
      readonly answer: Answer;
      readonly headers: Headers;
      /** What is wrong although the client was created. */
      readonly problem?: string;
    }
  | { readonly kind: 'refused'; readonly problem: string }
  | { readonly kind: 'limited'; readonly retryAfter: string | null };

/**
 * @param token the initial access token; none is sent if it is absent
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3 RFC 7591 §3}
 */
export async function register(
  fixture: Fixture,
  server: RegistrationServer,
  fetch: Fetch,
  token?: string,
): Promise<Registration> {
  const sent = await send(fetch, server.registrationEndpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(fixture.page !== undefined && { origin: fixture.page }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(registrationBody(fixture, server)),
  });
  if (!sent.ok) return { kind: 'refused', problem: `The registration endpoint ${sent.problem}.` };
  const { status, headers } = sent.response;
  if (status === 429) return { kind: 'limited', retryAfter: headers.get('retry-after') };

  const answer = await readJsonObject(sent.response);
  if (status !== 201 && status !== 200) {
    return { kind: 'refused', problem: `${refusal(status, answer)} ${remedy(status, token)}` };
  }
  const type = headers.get('content-type') ?? 'no content type';
  if (answer === undefined) {
    return {
      kind: 'refused',
      problem: `The server responded ${status} with something that is no JSON object (${quote(type)}); agents read application/json.`,
    };
  }
  const problem = formProblem(status, type);
  return { kind: 'registered', answer, headers, ...(problem !== undefined && { problem }) };
}

/** RFC 7591 §3.2.1: status 201 and a JSON media type. */
function formProblem(status: number, type: string): string | undefined {
  if (status !== 201) {
    return `The server responded ${status}; the status for a registered client is 201 (RFC 7591 §3.2.1).`;
  }
  return /^application\/json\s*(;|$)/i.test(type)
    ? undefined
    : `The content type of the response is ${quote(type)}; it should be application/json (RFC 7591 §3.2.1).`;
}

function refusal(status: number, answer: Answer | undefined): string {
  const { error, error_description: description } = answer ?? {};
  const said = [error, description].filter((part) => typeof part === 'string').map((part) => quote(part));
  return `The server responded ${status}${said.length > 0 ? `, ${said.join(': ')}` : ''};`;
}

function remedy(status: number, token: string | undefined): string {
  if (status !== 401 && status !== 403) {
    return 'it should respond 201 with a client, because the agent sends this and nothing else.';
  }
  return token === undefined
    ? 'it should respond 201, because an agent that is unknown to the server has no token to register with. If every client is given one there, give an initial access token.'
    : 'it should respond 201, because an initial access token was sent. Is the token valid for one more client?';
}
