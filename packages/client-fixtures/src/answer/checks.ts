import { quote } from '../server/say.ts';
import { authentication } from './authentication.ts';
import { type AnswerCheck, listOf } from './check.ts';
import { memberTypes } from './member-types.ts';

const clientId: AnswerCheck = {
  id: 'answer.client-id',
  title: 'the response has a client_id',
  problem: ({ client_id: id }) =>
    typeof id === 'string' && id !== ''
      ? undefined
      : `client_id is ${quote(id)}; it must be a text that is not empty.`,
};

const redirectUris: AnswerCheck = {
  id: 'answer.redirect-uris',
  title: 'the response lists the redirect URIs that were sent, to the byte, and no other',
  problem: (answer, { registration }) => {
    const sent = registration.redirect_uris;
    const kept = listOf(answer, 'redirect_uris');
    if (kept === undefined) return 'redirect_uris is missing; it must list what was registered.';
    const lost = sent.filter((uri) => !kept.includes(uri)).map((uri) => quote(uri));
    const added = kept.filter((uri) => !sent.includes(uri)).map((uri) => quote(uri));
    if (lost.length + added.length === 0) return undefined;
    const said = [
      ...(lost.length > 0 ? [`lacks ${lost.join(' and ')}`] : []),
      ...(added.length > 0 ? [`has ${added.join(' and ')}, which was not sent`] : []),
    ];
    return `redirect_uris ${said.join(', and ')}; agents come back to what they sent.`;
  },
};

const grants: AnswerCheck = {
  id: 'answer.grants',
  title: 'the response has the grants that the agent uses',
  problem: (answer, { needs, client }) => {
    // RFC 7591 §2: the default of `grant_types`.
    const given = 'grant_types' in answer ? listOf(answer, 'grant_types') : ['authorization_code'];
    if (given === undefined) return 'grant_types is no list of texts.';
    const lacking = needs.grants.filter((grant) => !given.includes(grant));
    return lacking.length === 0
      ? undefined
      : `grant_types is ${quote(given.join(', '))}; ${client} also uses ${lacking.join(' and ')}.`;
  },
};

const lists: AnswerCheck = {
  id: 'answer.lists',
  title: 'the response has the lists that the agent requires although it did not send them',
  problem: (answer, { needs, client }) => {
    const lacking = (needs.lists ?? []).filter((member) => listOf(answer, member) === undefined);
    return lacking.length === 0
      ? undefined
      : `${lacking.join(' and ')} must be there as a list: ${client} does not accept the response otherwise (RFC 7591 §3.2.1: it has all registered metadata).`;
  },
};

/** The checks of every response. */
export const answerChecks: readonly AnswerCheck[] = [
  clientId,
  redirectUris,
  authentication,
  grants,
  lists,
  memberTypes,
];
