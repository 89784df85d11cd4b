import type { HandBackView, Pages, SignInView } from '@vestibule/server';
import { ago } from './ago.ts';
import { describeDestination } from './destination.ts';
import { PROBLEM_WORDS } from './problems.ts';
import { template } from './template.ts';

/** The pages, in English. Each is one response: no script, no other file, nothing a client named is loaded. */
export function createPages(): Pages {
  const signIn = template('sign-in');
  const consent = template('consent');
  const handBack = template('hand-back');
  const problem = template('problem');

  return {
    signIn({ realmName, clientName, action, transaction, csrf, username = '', failure }) {
      const title = `${failure ? 'Not signed in: ' : ''}Sign in to ${realmName}`;
      const locals = {
        clientName,
        action,
        transaction,
        csrf,
        username,
        failure: failure && failureWords(failure),
      };
      return signIn({ title, realmName }, locals);
    },
    consent({ realmName, client, now, ...view }) {
      const locals = {
        ...view,
        clientName: client.name,
        introduced: ago(client.issuedAt, now),
        destination: describeDestination(client.destination),
      };
      return consent({ title: `Let an app use ${view.api.name}?`, realmName }, locals);
    },
    handBack({ realmName, clientName, outcome, destination, location }) {
      const words = HAND_BACK_WORDS[outcome];
      const locals = { ...words, clientName, location, destination: describeDestination(destination) };
      return handBack({ title: words.heading, realmName, refresh: location }, locals);
    },
    problem({ realmName, problem: kind, detail }) {
      const words = PROBLEM_WORDS[kind];
      return problem({ title: words.heading, realmName }, { ...words, detail });
    },
  };
}

function failureWords(failure: NonNullable<SignInView['failure']>): string {
  if (failure.kind === 'credentials')
    return 'That username and password do not fit together. Please try again.';
  const minutes = Math.ceil(failure.retryAfter / 60);
  return `Too many attempts. Please wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`} and try again.`;
}

const HAND_BACK_WORDS: Readonly<
  Record<HandBackView['outcome'], { readonly heading: string; readonly explanation: string }>
> = {
  approved: { heading: 'Approved', explanation: 'The app can now do what you allowed.' },
  denied: { heading: 'Denied', explanation: 'The app was told that you did not agree. It has no access.' },
  refused: {
    heading: 'Not possible at present',
    explanation:
      'Meanwhile it was decided here that this app may not have what it asked for. It has no access.',
  },
};
