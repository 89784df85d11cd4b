import { quote } from '../server/say.ts';
import type { AnswerCheck } from './check.ts';

/**
 * Whether an agent can authenticate as it was registered. `none` works for every agent, even with a secret, which is never
 * used. If the response names no method, agents treat a client without a secret as public, and one with a secret has the
 * default of RFC 7591.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1 RFC 7591 §3.2.1}
 */
export const authentication: AnswerCheck = {
  id: 'answer.authentication',
  title: 'the agent can authenticate as the response says',
  problem: (answer, { needs, client }) => {
    const hasSecret = typeof answer['client_secret'] === 'string';
    const { token_endpoint_auth_method: method = hasSecret ? 'client_secret_basic' : 'none' } = answer;
    const named = `token_endpoint_auth_method is ${quote(method)}`;
    if (!needs.authMethods.some((one) => one === method)) {
      return `${named}${hasSecret ? ', with a secret' : ''}; ${client} can work with ${needs.authMethods.join(', ')}.`;
    }
    if (method === 'none') return undefined;
    if (!hasSecret) return `${named}, and there is no client_secret.`;
    return 'client_secret_expires_at' in answer
      ? undefined
      : 'There is a client_secret and no client_secret_expires_at, which it requires; 0 says that it does not expire.';
  },
};
