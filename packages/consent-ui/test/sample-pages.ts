import type { ConsentView, AuthorizationResponseView, Page, PageProblem, Pages } from '@vestibule/server';
import { NOW } from '@vestibule/testing/now';
import { en } from '../src/messages/en.ts';

const isProblem = (kind: string): kind is PageProblem => Object.hasOwn(en.problem.kinds, kind);
const PROBLEMS = Object.keys(en.problem.kinds).filter(isProblem);

/** Every page in all of its states, with the same text as every value of a view. */
export function samplePages(pages: Pages, value: string): readonly (readonly [title: string, page: Page])[] {
  const form = { action: value, interaction: value, csrf: value };
  const person = { subject: value, name: value };
  const api = { name: value, resource: value };
  const scope = { name: value, description: value };
  const website = { kind: 'https', raw: value, host: value } as const;
  const loopback = { kind: 'loopback', raw: 'http://[::1]:1/', host: '[::1]', target: '/' } as const;
  const privateUse = { kind: 'private-use', raw: value, scheme: value, authority: value } as const;
  const name = { name: value, language: value };
  const rule = { id: value, source: value, title: value, fix: value, why: value };
  const consent: ConsentView = {
    ...form,
    realmName: value,
    client: { ...name, issuedAt: NOW - 120_000, destination: website },
    api,
    scopes: [scope],
    held: [],
    durations: ['until-revoked', 3_600],
    person,
    lasts: 604_800,
    switchPerson: value,
    connectedApps: value,
    stale: true,
    tooSoon: true,
    nothingTicked: true,
    readingTime: 1_000,
    now: NOW,
  };
  const consentOf = (client: Partial<ConsentView['client']>, view: Partial<ConsentView> = {}): Page =>
    pages.consent({ ...consent, ...view, client: { ...consent.client, ...client } });
  const response: AuthorizationResponseView = {
    realmName: value,
    clientName: value,
    clientLanguage: value,
    outcome: 'approved',
    destination: website,
    location: 'https://app.example/cb',
    connectedApps: value,
    detail: value,
  };
  const signIn = { ...form, realmName: value, username: value };
  const app = {
    ...name,
    clientId: value,
    action: value,
    csrf: value,
    since: NOW,
    expiresAt: NOW,
    lastUsedAt: NOW,
    tooSoon: true,
    isUnknown: true,
    verifiedBy: value,
    alsoApprovedAs: [{ ...name, verifiedBy: value }],
    destinations: [website, loopback, privateUse],
    changed: { name, left: [website, privateUse] },
    access: [{ api, scopes: [scope, { ...scope, endsAt: NOW + 1 }], isStopped: true as const }],
  };
  const { name: _, ...nameless } = app;
  const apps = {
    realmName: value,
    person,
    signOut: value,
    now: NOW,
    readingTime: 1_000,
    accessTokenLifetime: 900,
  };
  const signedIn = { person, action: value, csrf: value, readingTime: 1_000, tooSoon: true };

  return [
    ['sign-in', pages.signIn(signIn)],
    [
      'sign-in for an app',
      pages.signIn({ ...signIn, clientName: value, isAgain: true, goOn: { name: value, href: value } }),
    ],
    ['sign-in after wrong credentials', pages.signIn({ ...signIn, failure: { kind: 'credentials' } })],
    ['sign-in while busy', pages.signIn({ ...signIn, failure: { kind: 'busy', retryAfter: 5 } })],
    ['sign-in while limited', pages.signIn({ ...signIn, failure: { kind: 'limited', retryAfter: 61 } })],
    ['consent', consentOf({})],
    ['consent to a loopback client', consentOf({ destination: loopback, mayHaveChanged: true })],
    [
      'consent to new scopes',
      consentOf({ destination: privateUse }, { held: [scope], isRemembered: true, durations: [90] }),
    ],
    [
      'consent to a verified, hibernated client',
      consentOf(
        { verifiedBy: value, canBeImitated: true, asleepSince: NOW },
        { durations: ['until-revoked'] },
      ),
    ],
    ['consent to a client with the name of a vendor', consentOf({ claimsToBe: value })],
    [
      'consent to a pre-registered client',
      consentOf({ isPreregistered: true, canBeImitated: true, destination: loopback }),
    ],
    [
      'a person who may not let apps use the API',
      pages.notAllowed({ ...form, realmName: value, api, person, switchPerson: value }),
    ],
    ['authorization response', pages.handBack(response)],
    ['authorization response with a form', pages.handBack({ ...response, fields: { [value]: value } })],
    [
      'authorization response to a verified client after a denial',
      pages.handBack({ ...response, verifiedBy: value, outcome: 'denied' }),
    ],
    ['authorization response to a refused request', pages.handBack({ ...response, outcome: 'refused' })],
    ['onward', pages.onward({ realmName: value, location: value })],
    [
      'connected apps',
      pages.connectedApps({
        ...apps,
        apps: [app, { ...app, target: value }, nameless],
        ended: { ...name, destination: privateUse, hadAccess: true },
      }),
    ],
    ['no connected apps', pages.connectedApps({ ...apps, apps: [], ended: { hadAccess: false } })],
    ['sign-out', pages.signOut({ realmName: value, signedIn })],
    ['sign-out of one page', pages.signOut({ realmName: value, signedIn, isOfOnePage: true })],
    ['signed out', pages.signOut({ realmName: value })],
    [
      'signed out here, but not elsewhere',
      pages.signOut({ realmName: value, elsewhere: { name: value, href: value } }),
    ],
    ['signed out of one page', pages.signOut({ realmName: value, isOfOnePage: true })],
    ...PROBLEMS.map(
      (problem) =>
        [
          `problem ${problem}`,
          pages.problem({
            realmName: value,
            problem,
            detail: value,
            clientName: value,
            again: value,
            ruleUrl: value,
            app: { name: 'Cursor' },
          }),
        ] as const,
    ),
    ['rules', pages.rules({ realmName: value, rules: [rule] })],
  ];
}
