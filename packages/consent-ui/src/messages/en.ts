import { text } from '../html.ts';
import { FORGET_STEPS } from './en-forget-steps.ts';
import { PROBLEM_WORDS } from './en-problems.ts';
import type { Messages } from './messages.ts';

const CONNECTED_APPS = 'Connected apps';
const FOR_DEVELOPERS = 'For the app’s developers:';

/** The pages in English. */
export const en: Messages = {
  language: 'en',
  justNow: 'just now',
  quotationMarks: ['“', '”'],
  marker: {
    unverified: '[unverified]',
    verifiedBy: (issuer) => `[verified by ${issuer}]`,
    setUpBy: (realm) => `[set up by ${realm}]`,
  },
  destination: {
    website: 'a website',
    appOnThisComputer: 'an app on this computer',
    appThatOpens: (scheme) => `an app on this device that opens ${scheme}: links`,
    withPort: (place, port) => `${place}, port ${port}`,
  },
  signIn: {
    title: (realm) => `Sign in to ${realm}`,
    failedTitle: (title) => `Not signed in: ${title}`,
    heading: 'Sign in',
    toDecide: (app) => text`Then you decide what ${app} may do.`,
    toSeeApps: 'Then you see which apps may act for you.',
    again: 'This app asks you to sign in again.',
    alreadySignedIn: (link) => text`You are already signed in. ${link}`,
    continueAs: (name) => `Continue as ${name}`,
    username: 'Username',
    password: 'Password',
    submit: 'Sign in',
    wrongCredentials: 'That username and password don’t match. Please try again.',
    busy: 'Many people are signing in right now, so your password was not checked. Please try again in a few seconds.',
    tooManyAttempts: (minutes) =>
      `Too many attempts. Please wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`} and try again.`,
  },
  consent: {
    title: (api) => `Let an app use ${api}?`,
    asks: (app, api) => text`${app} asks to use ${api}`,
    stale: 'That page was out of date, so nothing was decided. Please read this one and decide again.',
    tooSoon:
      'You clicked before you could have read this page, so nothing was decided. If you did not mean to click, choose Deny.',
    nothingSelected:
      'You selected nothing, so nothing was decided. Select what this app may do, or choose Deny.',
    setUpByOperator: (realm) => text`The operator of ${realm} set up this app.`,
    verifiedBy: (issuer) => text`${issuer} has verified this name and where you will be sent.`,
    verifiedByOwnHost: (host) =>
      text`${host} describes this app, and is where you will be sent. The website chose this name.`,
    verifiedByKey: (host) =>
      text`${host} describes this app. Only an app with a key of ${host} gets access. The website chose this name.`,
    describedOnly: (host) => text`Only ${host} says what this app is called.`,
    describesPrograms: 'Any program on this computer can say that it is this app.',
    sentElsewhere: 'You will be sent to another website. Check that you know that one.',
    claimsToBe: (vendor) => text`This app says it is from ${vendor}.`,
    claimUnchecked: 'Nobody has checked that. Any program on this computer can use this name.',
    unverified: 'Nobody has checked who made this app.',
    nameIsFree: 'Anyone can use this name.',
    imitatedByProgram: 'Any program on this computer can still pretend to be this app.',
    imitatedByApp: 'Any app on this device can still pretend to be this app.',
    registered: (ago) => `This app registered here ${ago}.`,
    firstSeen: (ago) => `This app first came here ${ago}.`,
    mayHaveChanged: 'Since then, it may have changed its name or where it sends you.',
    approveOnlyIf: 'Approve only if you are connecting it yourself right now.',
    paused: (day, ago) => ({
      since: `This app has been paused since ${day}`,
      effect: `(${ago}), because nobody used it for a long time. If you approve, it becomes active again.`,
    }),
    facts: 'What is certain',
    describedBy: 'The app is described by',
    describedByDetail: 'a document on this website',
    sentTo: 'You will be sent to',
    actsAs: 'This app will act as',
    otherPerson: (link) => text`Not you? ${link}`,
    signInAsOther: 'Sign in as someone else',
    uses: 'This app will use',
    scopes: 'What this app will be able to do',
    newScopes: 'New: what this app asks for now',
    heldScopes: 'Already allowed',
    heldNote:
      'If you clear a box here, this connection will not include it. To end what you allowed before, go to Connected apps.',
    howLong: 'For how long',
    untilRevoked: 'Until you end it',
    forDuration: (duration) => `For ${duration}`,
    lastsUntilRevoked: 'This access lasts until you end it.',
    lastsFor: (duration) => `This access lasts ${duration}.`,
    deny: 'Deny',
    approve: 'Approve',
    losesAccess: (duration) => `This app loses its access if it does not come back for ${duration}.`,
    remembered: 'Until then, you will not be asked for this again.',
    askedAgain: 'You will be asked again every time it connects.',
    endAnyTime: (link) => text`You can end its access at any time under ${link}.`,
    connectedApps: CONNECTED_APPS,
  },
  notAllowed: {
    title: (api) => `Your account cannot connect apps to ${api}`,
    heading: (api) => text`Your account cannot connect apps to ${api}`,
    lead: (person, api) =>
      text`You are signed in as ${person}. This account may not let apps use ${api}. The app gets no access.`,
    whomToAsk: (realm, api) =>
      text`If you need this, ask the people who run ${realm}. They can allow your account to connect apps to ${api}. Then start again in the app.`,
    otherAccount: 'If you have another account that may, you can use that one.',
    useOther: 'Use another account',
    goBack: 'Go back to the app',
  },
  authorizationResponse: {
    outcome: {
      approved: { heading: 'Approved', explanation: (app) => text`${app} can now do what you allowed.` },
      denied: { heading: 'Denied', explanation: (app) => text`${app} did not get access.` },
      refused: {
        heading: 'This request was refused',
        explanation: (app) =>
          text`${app} asked for something it cannot have here. It did not get access. There is nothing for you to decide.`,
      },
    },
    warned: (place, explanation) =>
      text`This app wants to send you to ${place}, ${explanation}. Go there only if you know it.`,
    optional: (place, explanation) =>
      text`You can close this page. To tell the app that you said no, continue to ${place}, ${explanation}:`,
    posted: (place, explanation) => text`To finish, continue to ${place}, ${explanation}:`,
    redirecting: (place, explanation) =>
      text`You are being sent to ${place}, ${explanation}. If nothing happens, continue here:`,
    continueTo: (place) => `Continue to ${place}`,
    closePage: 'Once you are back in the app, you can close this page.',
    endAnyTime: (link) => text`You can end this access at any time under ${link}.`,
    connectedApps: CONNECTED_APPS,
    forDevelopers: FOR_DEVELOPERS,
  },
  onward: {
    title: 'Continue',
    heading: 'One moment',
    explanation:
      'You are being sent to the page where you decide what this app may do. If nothing happens, continue here:',
    toProvider: (provider) =>
      `You allowed it. You are being sent to ${provider}, which gives the app its access. If nothing happens, continue here:`,
    submit: 'Continue',
  },
  connectedApps: {
    heading: CONNECTED_APPS,
    endedTitle: (title) => `Ended: ${title}`,
    lead: (person, realm) => text`These apps may act for ${person} at ${realm}.`,
    none: (realm) => text`No app may act for you at ${realm}.`,
    unknownApp: 'An app that is no longer registered here',
    unregistered: 'This app is no longer registered here.',
    ended: (app) => text`${app} no longer has access.`,
    endedBefore: (app) => text`${app} had no access any more. It had already ended.`,
    tokensLast: (duration) =>
      `An app whose access has ended gets no new access. Some APIs do not check with this server. There, it may still use what it already has for up to ${duration}.`,
    changed: 'This app has changed since you allowed it.',
    nameNow: (app) => text`It now calls itself ${app}.`,
    leftPlaces: (places) => text`It no longer sends people to ${places}.`,
    alsoAllowedAs: (app) => text`You also allowed it under the name ${app}.`,
    sentTo: (place) => text`When you allowed it, you were sent to ${place}`,
    stopped: (api) =>
      text`Stopped: your account may not connect apps to ${api} now. This app gets no new access to it.`,
    until: (minute) => `until ${minute}`,
    since: (minute) => `Allowed since ${minute}.`,
    lastUsed: (ago) => `Last used ${ago}.`,
    expires: (minute) => `Its access ends if it does not come back by ${minute}.`,
    tooSoon:
      'You clicked before you could have read this page, so nothing was ended. If you meant to click, click again.',
    endAccess: 'End this access',
    endAccessOf: (app) => `End this access: ${app}`,
    signedInAs: (person) => text`Signed in as ${person}.`,
    signOut: 'Sign out',
  },
  signOut: {
    question: 'Sign out?',
    signedInHere: (person) => text`You are signed in as ${person} in this browser.`,
    signedInOnPage: (person) => text`You are signed in as ${person} on this page.`,
    appsKeepAccess: 'Your connected apps keep the access you gave them.',
    tooSoon:
      'You clicked before you could have read this page, so you are still signed in. If you meant to click, click again.',
    submit: 'Sign out',
    done: 'You are signed out',
    browserSignedOut: 'Nobody is signed in with this browser.',
    pageSignedOut: 'Nobody is signed in on this page.',
    otherPages:
      'On this computer, each page that an app opens has its own sign-in. That sign-in ends with the page. To sign out of Connected apps, open it and sign out there.',
    stillSignedIn: (place) => text`You may still be signed in at ${place}.`,
    signOutElsewhere: (place) => text`Sign out at ${place}`,
  },
  problem: {
    kinds: PROBLEM_WORDS,
    formerName: (app) => text`When it was last here, it called itself ${app}.`,
    forgetInOther: 'In another app',
    forgetByApp: 'How to do that, by app',
    forget: FORGET_STEPS,
    forDevelopers: FOR_DEVELOPERS,
    aboutRule: 'What to do about it',
    tryAgain: 'Try again',
  },
  rules: {
    heading: 'Registration rules',
    lead: 'An app that registers here (RFC 7591), or has a metadata document, must follow these rules. If it breaks one, the error names the rule.',
  },
};
