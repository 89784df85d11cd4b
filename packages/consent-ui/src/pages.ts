import type { Instant } from '@vestibule/core';
import type { ConsentView, HandBackView, Pages, SignInView } from '@vestibule/server';
import { ago, inWords } from './ago.ts';
import { appWords, claimWords, UNKNOWN } from './app-words.ts';
import { describeDestination } from './destination.ts';
import { durationChoice } from './duration.ts';
import { markerOf } from './marker.ts';
import { dateWords } from './date.ts';
import { PROBLEM_WORDS } from './problems.ts';
import { forgetSteps } from './forget.ts';
import { scopeGroups } from './scopes.ts';
import { loadTemplates } from './template.ts';

/** The pages, in English. Each is one response: no script, no other file, nothing a client named is loaded. */
export function createPages(): Pages {
  const templates = loadTemplates([
    'sign-in',
    'consent',
    'hand-back',
    'onward',
    'connected-apps',
    'sign-out',
    'problem',
    'rules',
  ]);

  return {
    signIn({ realmName, username = '', failure, isAgain = false, ...view }) {
      const title = `${failure ? 'Not signed in: ' : ''}Sign in to ${realmName}`;
      const words = failure && failureWords(failure);
      const { clientName, clientLanguage, transaction, goOn, action, csrf } = view;
      const claim = { clientName, clientLanguage, ...markerOf(view, realmName) };
      const locals = { ...claim, transaction, goOn, isAgain, action, csrf, username, failure: words };
      return templates['sign-in']({ title, realmName }, locals);
    },
    consent({ realmName, client, now, lasts, scopes, held, durations, readingTime, ...view }) {
      const { nothingTicked = false, tooSoon = false } = view;
      const locals = {
        ...view,
        clientName: client.name,
        clientLanguage: client.language,
        ...markerOf(client, realmName),
        realmName,
        verifiedBy: client.verifiedBy,
        isPreregistered: client.isPreregistered,
        isRemembered: view.isRemembered,
        claimsToBe: client.claimsToBe,
        imitators: client.canBeImitated === true ? imitatorsAt(client.destination) : undefined,
        introduced: `${ago(client.issuedAt, now)}${client.mayHaveChanged === true ? ', and may have changed what it says since' : ''}`,
        asleep: client.asleepSince === undefined ? undefined : asleepWords(client.asleepSince, now),
        groups: scopeGroups({ scopes, held }),
        durations: durations.map(durationChoice),
        nothingTicked,
        tooSoon,
        lasts: inWords(lasts),
        destination: describeDestination(client.destination),
      };
      const title = `Let an app use ${view.api.name}?`;
      return templates.consent({ title, realmName, readingTime }, locals);
    },
    handBack({ realmName, outcome, destination, location, leadsOn = false, fields, ...view }) {
      const { heading, explanation } = HAND_BACK_WORDS[outcome];
      const way = wayOn(outcome, destination, leadsOn);
      const isPosted = fields !== undefined;
      const frame = {
        title: heading,
        realmName,
        refresh: way === 'onward' && !isPosted ? location : undefined,
        formTarget: isPosted ? location : undefined,
      };
      const place = describeDestination(destination);
      return templates['hand-back'](frame, {
        clientName: view.clientName,
        clientLanguage: view.clientLanguage,
        detail: view.detail,
        connectedApps: view.connectedApps,
        heading,
        ...markerOf(view, realmName),
        explanation,
        way,
        location,
        fields: fields && Object.entries(fields),
        destination: place,
      });
    },
    onward({ realmName, location }) {
      return templates.onward({ title: 'Continue', realmName, refresh: location }, { location });
    },
    connectedApps({ realmName, person, apps, signOut, readingTime, accessTokenLifetime, ended, now }) {
      const locals = {
        realmName,
        person,
        signOut,
        apps: apps.map((app) => appWords(app, realmName, now)),
        ended: ended && { ...claimWords(ended, realmName), hadAccess: ended.hadAccess },
        unknown: UNKNOWN,
        tokensLast: inWords(accessTokenLifetime),
      };
      return templates['connected-apps'](
        { title: `${ended ? 'Ended: ' : ''}Connected apps`, realmName, readingTime },
        locals,
      );
    },
    signOut({ realmName, signedIn, isOfOnePage = false }) {
      const title = signedIn === undefined ? 'You are signed out' : 'Sign out?';
      const readingTime = signedIn?.readingTime;
      return templates['sign-out']({ title, realmName, readingTime }, { signedIn, isOfOnePage });
    },
    problem({ realmName, problem: kind, detail, app = {}, clientName }) {
      const words = PROBLEM_WORDS[kind];
      const { likely, others } = words.isForgetting ? forgetSteps(app) : { likely: [], others: [] };
      const locals = { ...words, forget: likely, others, detail, clientName, ...markerOf({}, realmName) };
      return templates.problem({ title: words.heading, realmName }, locals);
    },
    rules({ realmName, rules }) {
      const title = 'What registration asks for';
      return templates.rules({ title, realmName, opensAnywhere: true }, { rules });
    },
  };
}

/**
 * How a person gets from the authorization response page to the client. The client chose the destination, so what the
 * person did not approve takes them nowhere outside this computer by itself, unless an operator chose the destination.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.11.2 RFC 9700 §4.11.2}
 */
function wayOn(
  outcome: HandBackView['outcome'],
  destination: HandBackView['destination'],
  leadsOn: boolean,
): 'onward' | 'optional' | 'warned' {
  if (leadsOn || outcome === 'approved') return 'onward';
  if (outcome === 'refused') return 'warned';
  return destination.kind === 'loopback' ? 'onward' : 'optional';
}

/** Who can take the place of an app that is reached there. */
const imitatorsAt = ({ kind }: ConsentView['client']['destination']): string =>
  kind === 'loopback' ? 'any program on this computer' : 'any app on this device';

const asleepWords = (since: Instant, now: Instant): { readonly date: string; readonly ago: string } => ({
  date: dateWords(since),
  ago: ago(since, now),
});

function failureWords(failure: NonNullable<SignInView['failure']>): string {
  if (failure.kind === 'credentials') return 'That username and password don’t match. Please try again.';
  if (failure.kind === 'busy') {
    return 'Many people are signing in just now, so your password was not looked at. Please try again in a few seconds.';
  }
  const minutes = Math.ceil(failure.retryAfter / 60);
  return `Too many attempts. Please wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`} and try again.`;
}

/** What a person reads at the end; `explanation` goes on from the client's name and its marker. */
const HAND_BACK_WORDS: Readonly<
  Record<HandBackView['outcome'], { readonly heading: string; readonly explanation: string }>
> = {
  approved: { heading: 'Approved', explanation: 'can now do what you allowed.' },
  denied: { heading: 'Denied', explanation: 'has no access.' },
  refused: {
    heading: 'This cannot be done',
    explanation:
      'asked for something that it may not have here. It has no access, and there was nothing for you to decide.',
  },
};
