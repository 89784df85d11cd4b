import type { PageProblem } from '@vestibule/server';

/** A problem, in words for the person who meets it. */
export interface ProblemWords {
  readonly heading: string;
  readonly explanation: string;
  readonly advice: string;
  /** Whether the way out is that the app forgets its registration. @default false */
  readonly isForgetting?: boolean;
}

const START_AGAIN = 'Go back to the app and connect again from there.';

/** A new problem does not compile until it has words. */
export const PROBLEM_WORDS: Readonly<Record<PageProblem, ProblemWords>> = {
  'client-missing': {
    heading: 'This link is not complete',
    explanation: 'It does not say which app it belongs to.',
    advice: START_AGAIN,
  },
  'client-unknown': {
    heading: 'This app is not known here',
    explanation:
      'It may have introduced itself long ago and been forgotten since, or it mistakes this server for another.',
    advice:
      'The app has to forget that it was here before, so that it introduces itself anew; most do so only if you tell them. You were not sent back to it, because nobody can say where it is.',
    isForgetting: true,
  },
  'client-blocked': {
    heading: 'This app is blocked here',
    explanation:
      'Whoever runs this server does not want it to connect. Nothing was shared with it this time.',
    advice:
      'Ask them why. If they agree that it may introduce itself anew, it first has to forget that it was here before.',
    isForgetting: true,
  },
  'client-unacceptable': {
    heading: 'This app has to introduce itself again',
    explanation: 'Nobody has used it here for long, and what it registered then is not accepted any more.',
    advice:
      'It has to forget that it was here before, so that it introduces itself anew; most do so only if you tell them.',
    isForgetting: true,
  },
  'redirect-uri-missing': {
    heading: 'This link is not complete',
    explanation: 'It does not say where you should be sent afterwards.',
    advice: START_AGAIN,
  },
  'redirect-uri-unregistered': {
    heading: 'This link leads somewhere else',
    explanation: 'It asks to send you to a place that the app did not name when it introduced itself.',
    advice:
      'You were not sent there. If you did not start this yourself, close the page. If you did, remove the connection in the app and add it again.',
  },
  'not-followed': {
    heading: 'This opens only in a tab of its own',
    explanation: 'Another page asked for it in the background or inside itself.',
    advice: START_AGAIN,
  },
  'request-unknown': {
    heading: 'This link has been used',
    explanation: 'It was good once and for a short time, or it never was one.',
    advice: START_AGAIN,
  },
  'transaction-unknown': {
    heading: 'This page has expired',
    explanation: 'It was open for too long, or it never was one.',
    advice: START_AGAIN,
  },
  'other-browser': {
    heading: 'This page belongs to another browser',
    explanation: 'A connection can only be finished in the browser in which it began.',
    advice:
      'If somebody sent you this link, close the page: they may want you to connect their app to your account. If it was you, open the link that the app gives you in one browser, with cookies allowed, and stay in it.',
  },
  'cookie-planted': {
    heading: 'Something else has set a cookie here',
    explanation:
      'Your browser sends a cookie in the name of this server that the server did not set. Another program on this computer can have set it. Nothing was decided.',
    advice:
      'Delete the cookies of this address in your browser, or open a private window. Then go back to the app and connect again from there. If it happens again, find out which programs run on this computer.',
  },
  'decided-otherwise': {
    heading: 'This was decided already',
    explanation:
      'You gave another answer before, perhaps in another tab. That one stands, and this one changed nothing.',
    advice: 'To change your mind, remove the connection in the app.',
  },
  'form-stale': {
    heading: 'This form is out of date',
    explanation: 'It does not fit the page that is open now, so nothing was done.',
    advice: `Load the page again. If an app sent you: ${START_AGAIN}`,
  },
  'form-unreadable': {
    heading: 'This form could not be read',
    explanation: 'What arrived is not what this page sends.',
    advice: START_AGAIN,
  },
  'too-many': {
    heading: 'Too many at once',
    explanation: 'Very many connections were begun from your network in the last hour.',
    advice: 'Please try again later.',
  },
  busy: {
    heading: 'Very busy just now',
    explanation: 'Very many connections are being begun here at the same time.',
    advice:
      'Please try again in a few minutes. A browser in which you have signed in here before does not have to wait.',
  },
  'not-found': {
    heading: 'There is nothing here',
    explanation: 'This address leads nowhere.',
    advice: 'If an app sent you here, connect again from the app.',
  },
  'server-error': {
    heading: 'Something went wrong here',
    explanation: 'It is not your fault and not the app’s.',
    advice: 'Please try again in a while.',
  },
  unavailable: {
    heading: 'One moment, please',
    explanation: 'This server cannot get at its records just now.',
    advice: 'Nothing is lost. Load this page again in a few seconds.',
  },
};
