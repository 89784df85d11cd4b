import type { PageProblem } from '@vestibule/server';
import type { ProblemWords } from './messages.ts';

const START_AGAIN = 'Go back to the app and connect again from there.';
const FORGET =
  'The app has to forget its old registration first, so that it can register again. Most apps do that only if you tell them to.';

/** Each problem: what happened, why, and what to do. */
export const PROBLEM_WORDS: Readonly<Record<PageProblem, ProblemWords>> = {
  'client-missing': {
    heading: 'This link is not complete',
    explanation: 'It does not say which app it belongs to.',
    advice: START_AGAIN,
  },
  'client-unknown': {
    heading: 'This app is not known here',
    explanation: 'Its registration may have expired. Or the app may have come to the wrong server.',
    advice: `${FORGET} You were not sent back to the app, because this server does not know where it is.`,
  },
  'client-blocked': {
    heading: 'This app is blocked here',
    explanation: 'The operator of this server does not let it connect. Nothing was shared with it this time.',
    advice:
      'Ask the operator why. If they agree that it may register again, the app has to forget its old registration first.',
  },
  'client-unacceptable': {
    heading: 'This app has to register again',
    explanation: 'Nobody used it here for a long time. What it registered back then is no longer accepted.',
    advice: FORGET,
  },
  'document-refused': {
    heading: 'This app is not accepted here',
    explanation:
      'It is described by a document on a website, and this server does not accept that document or its website.',
    advice:
      'You were not sent back to the app. Its developers, or the operator of this server, can find the reason below.',
  },
  'document-unavailable': {
    heading: 'This app cannot be checked right now',
    explanation: 'It is described by a document on a website, which this server cannot reach at the moment.',
    advice: 'Wait a minute, and connect again from the app.',
  },
  'redirect-uri-missing': {
    heading: 'This link is not complete',
    explanation: 'It does not say where to send you afterwards.',
    advice: START_AGAIN,
  },
  'redirect-uri-unregistered': {
    heading: 'This link leads somewhere else',
    explanation: 'It asks to send you to a place that the app did not register.',
    advice:
      'You were not sent there. If you did not start this yourself, close this page. If you did, remove the connection in the app and add it again.',
  },
  'not-followed': {
    heading: 'This page opens only in its own tab',
    explanation: 'Another page tried to open it in the background or inside itself.',
    advice: START_AGAIN,
  },
  'request-unknown': {
    heading: 'This link does not work any more',
    explanation: 'It was used already, it has expired, or it was never valid.',
    advice: START_AGAIN,
  },
  'transaction-unknown': {
    heading: 'This page has expired',
    explanation: 'It was open for too long, or its address was never valid.',
    advice: START_AGAIN,
  },
  'other-browser': {
    heading: 'This page belongs to another browser',
    explanation: 'You can finish a connection only in the browser in which it began.',
    advice:
      'If someone sent you this link, close this page. They may want you to connect their app to your account. If you started this yourself, allow cookies, open the link from the app again, and stay in that browser.',
  },
  'cookie-planted': {
    heading: 'Something else has set a cookie here',
    explanation:
      'Your browser sent a cookie that this server did not set. Another program on this computer may have set it. Nothing was decided.',
    advice:
      'Delete the cookies of this address in your browser, or open a private window. Then go back to the app and connect again from there. If it happens again, find out which programs run on this computer.',
  },
  'decided-otherwise': {
    heading: 'This was decided already',
    explanation:
      'You made another choice before, perhaps in another tab. Your first choice counts. This one changed nothing.',
    advice: 'To change your mind, remove the connection in the app.',
  },
  'form-stale': {
    heading: 'This form is out of date',
    explanation: 'It does not match the page that is open now, so nothing was done.',
    advice: `Load the page again. If an app sent you here: ${START_AGAIN}`,
  },
  'sign-in-unknown': {
    heading: 'This sign-in was not found',
    explanation:
      'It took too long, it was used before, or it began in another browser. You are not signed in.',
    advice: START_AGAIN,
  },
  'sign-in-not-recent': {
    heading: 'Please sign in again',
    explanation: 'The app asks for a new sign-in, and you signed in longer ago than it allows.',
    advice: `Sign out where you are signed in now. Then ${START_AGAIN.charAt(0).toLowerCase()}${START_AGAIN.slice(1)}`,
  },
  'sign-in-declined': {
    heading: 'You are not signed in',
    explanation:
      'The sign-in was canceled, refused, or took too long. You are not signed in, and nothing was decided.',
    advice: 'Try again. If that does not help, go back to your app, or ask who runs this server.',
  },
  'sign-in-unavailable': {
    heading: 'Sign-in does not work at the moment',
    explanation:
      'This server cannot reach what people sign in with, or does not understand its response. You are not signed in, and nothing was decided.',
    advice: 'Wait a minute, then try again. If it lasts, tell who runs this server.',
  },
  'provider-other-person': {
    heading: 'That was another account',
    explanation:
      'You allowed this app as one person, and then came back from the provider as another. Nothing was given to the app.',
    advice: 'Try again, and choose the account with which you signed in here.',
  },
  'provider-unavailable': {
    heading: 'The app cannot get its access at the moment',
    explanation:
      'You allowed it, but the provider that gives the access does not respond as it should. Nothing was given to the app.',
    advice: 'Wait a minute, then try again. If it lasts, tell who runs this server.',
  },
  'sign-in-refused': {
    heading: 'You cannot sign in here',
    explanation: 'Your account was not accepted. Nothing was decided.',
    advice: 'Try again with another account, or ask who runs this server.',
  },
  'form-unreadable': {
    heading: 'This form could not be read',
    explanation: 'This server received something else than the page sends.',
    advice: START_AGAIN,
  },
  'too-many': {
    heading: 'Too many connections',
    explanation: 'Very many connections were started from your network in the last hour.',
    advice: 'Please try again later.',
  },
  busy: {
    heading: 'Very busy right now',
    explanation: 'Very many connections are being started here at the same time.',
    advice:
      'Please try again in a few minutes. If you have signed in here before, use the same browser: then you do not have to wait.',
  },
  'not-found': {
    heading: 'There is nothing here',
    explanation: 'No page has this address.',
    advice: 'If an app sent you here, connect again from the app.',
  },
  'server-error': {
    heading: 'Something went wrong here',
    explanation: 'It is not your fault, and not the fault of the app.',
    advice: 'Please try again in a while.',
  },
  unavailable: {
    heading: 'One moment, please',
    explanation: 'This server cannot reach its data right now.',
    advice: 'Nothing is lost. Load this page again in a few seconds.',
  },
};
