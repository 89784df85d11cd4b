import type { Instant } from '@vestibule/core';
import type { HandBackView, Pages, SignInView } from '@vestibule/server';
import { ago, inWords } from './ago.ts';
import { describeDestination } from './destination.ts';
import { PROBLEM_WORDS } from './problems.ts';
import { forgetSteps } from './forget.ts';
import { loadTemplates } from './template.ts';

/** The pages, in English. Each is one response: no script, no other file, nothing a client named is loaded. */
export function createPages(): Pages {
  const templates = loadTemplates(['sign-in', 'consent', 'hand-back', 'problem', 'rules']);

  return {
    signIn({ realmName, clientName, verifiedBy, action, transaction, csrf, username = '', failure }) {
      const title = `${failure ? 'Not signed in: ' : ''}Sign in to ${realmName}`;
      const words = failure && failureWords(failure);
      const marker = markerOf(verifiedBy);
      const locals = { clientName, verifiedBy, marker, action, transaction, csrf, username, failure: words };
      return templates['sign-in']({ title, realmName }, locals);
    },
    consent({ realmName, client, now, lasts, ...view }) {
      const locals = {
        ...view,
        clientName: client.name,
        clientLanguage: client.language,
        verifiedBy: client.verifiedBy,
        marker: markerOf(client.verifiedBy),
        claimsToBe: client.claimsToBe,
        introduced: `${ago(client.issuedAt, now)}${client.mayHaveChanged === true ? ', and may have changed what it says since' : ''}`,
        asleep: client.asleepSince === undefined ? undefined : asleepWords(client.asleepSince, now),
        lasts: inWords(lasts),
        destination: describeDestination(client.destination),
      };
      return templates.consent({ title: `Let an app use ${view.api.name}?`, realmName }, locals);
    },
    handBack({ realmName, clientName, verifiedBy, outcome, destination, location, detail }) {
      const { heading, explanation } = HAND_BACK_WORDS[outcome];
      const leadsOn = outcome !== 'refused';
      const frame = { title: heading, realmName, refresh: leadsOn ? location : undefined };
      const place = describeDestination(destination);
      return templates['hand-back'](frame, {
        heading,
        clientName,
        verifiedBy,
        marker: markerOf(verifiedBy),
        explanation,
        leadsOn,
        location,
        detail,
        destination: place,
      });
    },
    problem({ realmName, problem: kind, detail, app = {} }) {
      const words = PROBLEM_WORDS[kind];
      const { likely, others } = words.isForgetting ? forgetSteps(app) : { likely: [], others: [] };
      const locals = { ...words, forget: likely, others, detail };
      return templates.problem({ title: words.heading, realmName }, locals);
    },
    rules({ realmName, rules }) {
      return templates.rules({ title: 'What registration asks for', realmName }, { rules });
    },
  };
}

/** What stands behind every name that a client gave itself. */
const markerOf = (verifiedBy: string | undefined): string =>
  verifiedBy === undefined ? '[unverified]' : `[verified by ${verifiedBy}]`;

const date = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });

const asleepWords = (since: Instant, now: Instant): { readonly date: string; readonly ago: string } => ({
  date: date.format(since),
  ago: ago(since, now),
});

function failureWords(failure: NonNullable<SignInView['failure']>): string {
  if (failure.kind === 'credentials') return 'That username and password don’t match. Please try again.';
  const minutes = Math.ceil(failure.retryAfter / 60);
  return `Too many attempts. Please wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`} and try again.`;
}

/** What a person reads at the end; `explanation` goes on from the client's name and its marker. */
const HAND_BACK_WORDS: Readonly<
  Record<HandBackView['outcome'], { readonly heading: string; readonly explanation: string }>
> = {
  approved: { heading: 'Approved', explanation: 'can now do what you allowed.' },
  denied: { heading: 'Denied', explanation: 'was told that you said no. It has no access.' },
  refused: {
    heading: 'This cannot be done',
    explanation:
      'asked for something that it may not have here. It has no access, and there was nothing for you to decide.',
  },
};
