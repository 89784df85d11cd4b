import type { HandBackView, Pages, SignInView } from '@vestibule/server';
import { ago, inWords } from './ago.ts';
import { describeDestination } from './destination.ts';
import { PROBLEM_WORDS } from './problems.ts';
import { loadTemplates } from './template.ts';

/** The pages, in English. Each is one response: no script, no other file, nothing a client named is loaded. */
export function createPages(): Pages {
  const templates = loadTemplates(['sign-in', 'consent', 'hand-back', 'problem']);

  return {
    signIn({ realmName, clientName, action, transaction, csrf, username = '', failure }) {
      const title = `${failure ? 'Not signed in: ' : ''}Sign in to ${realmName}`;
      const words = failure && failureWords(failure);
      const locals = { clientName, action, transaction, csrf, username, failure: words };
      return templates['sign-in']({ title, realmName }, locals);
    },
    consent({ realmName, client, now, lasts, ...view }) {
      const locals = {
        ...view,
        clientName: client.name,
        clientLanguage: client.language,
        introduced: ago(client.issuedAt, now),
        lasts: inWords(lasts),
        destination: describeDestination(client.destination),
      };
      return templates.consent({ title: `Let an app use ${view.api.name}?`, realmName }, locals);
    },
    handBack({ realmName, clientName, outcome, destination, location, detail }) {
      const { heading, explanation } = handBackWords(outcome, clientName);
      const leadsOn = outcome !== 'refused';
      const frame = { title: heading, realmName, refresh: leadsOn ? location : undefined };
      const place = describeDestination(destination);
      return templates['hand-back'](frame, {
        heading,
        explanation,
        leadsOn,
        location,
        detail,
        destination: place,
      });
    },
    problem({ realmName, problem: kind, detail }) {
      const words = PROBLEM_WORDS[kind];
      return templates.problem({ title: words.heading, realmName }, { ...words, detail });
    },
  };
}

function failureWords(failure: NonNullable<SignInView['failure']>): string {
  if (failure.kind === 'credentials') return 'That username and password don’t match. Please try again.';
  const minutes = Math.ceil(failure.retryAfter / 60);
  return `Too many attempts. Please wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`} and try again.`;
}

function handBackWords(
  outcome: HandBackView['outcome'],
  clientName: string,
): { readonly heading: string; readonly explanation: string } {
  switch (outcome) {
    case 'approved':
      return {
        heading: 'Approved',
        explanation: `“${clientName}” [unverified] can now do what you allowed.`,
      };
    case 'denied':
      return {
        heading: 'Denied',
        explanation: `“${clientName}” [unverified] was told that you said no. It has no access.`,
      };
    case 'refused':
      return {
        heading: 'This cannot be done',
        explanation: `“${clientName}” [unverified] asked for something that it may not have here. It has no access, and there was nothing for you to decide.`,
      };
  }
}
