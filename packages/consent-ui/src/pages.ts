import type { Pages, SignInView } from '@vestibule/server';
import { authorizationResponsePage } from './authorization-response-page.ts';
import { markerOf } from './client-marker.ts';
import { connectedAppsLocals } from './connected-app-locals.ts';
import { consentLocals } from './consent-locals.ts';
import { formatsFor } from './formats.ts';
import { guessApp } from './known-apps.ts';
import { bdi, claim, link } from './markup.ts';
import { en } from './messages/en.ts';
import type { Messages } from './messages/messages.ts';
import { loadTemplates } from './template.ts';

/** Problems that are solved when the app forgets its registration. */
const FORGETTING: ReadonlySet<string> = new Set(['client-unknown', 'client-blocked', 'client-unacceptable']);

/** Options of `createPages`. */
export interface PagesOptions {
  /** The language of the pages. @default English */
  readonly messages?: Messages;
}

/** Creates the pages. Each is one response without scripts, and loads nothing else. */
export function createPages({ messages = en }: PagesOptions = {}): Pages {
  const formats = formatsFor(messages);
  const templates = loadTemplates(messages.language);

  return {
    signIn(view) {
      const { realmName, clientName, goOn, failure } = view;
      const t = messages.signIn;
      const client =
        clientName === undefined ? undefined : { name: clientName, language: view.clientLanguage };
      const title = t.title(realmName);
      return templates['sign-in'](
        { title: failure ? t.failedTitle(title) : title, realmName },
        {
          t,
          lead: client
            ? t.toDecide(claim(client, markerOf(view, realmName, messages), messages))
            : t.toSeeApps,
          failure: failure && failureWords(failure, t),
          isAgain: view.isAgain === true,
          signedIn: goOn && t.alreadySignedIn(link(goOn.href, t.continueAs(goOn.name))),
          action: view.action,
          interaction: view.interaction,
          csrf: view.csrf,
          username: view.username ?? '',
        },
      );
    },
    consent(view) {
      const { realmName, readingTime, api } = view;
      const title = messages.consent.title(api.name);
      return templates.consent({ title, realmName, readingTime }, consentLocals(view, messages, formats));
    },
    notAllowed({ realmName, api, person, ...form }) {
      const t = messages.notAllowed;
      const [realm, name] = [bdi(realmName), bdi(api.name)];
      return templates['not-allowed'](
        { title: t.title(api.name), realmName },
        {
          t,
          heading: t.heading(name),
          lead: t.lead(bdi(person.name), name),
          whomToAsk: t.whomToAsk(realm, name),
          otherAccount: t.otherAccount,
          ...form,
        },
      );
    },
    handBack(view) {
      const { frame, locals } = authorizationResponsePage(view, messages);
      return templates['authorization-response'](frame, locals);
    },
    onward({ realmName, location, provider }) {
      const t = messages.onward;
      const explanation = provider === undefined ? t.explanation : t.toProvider(provider);
      return templates.onward({ title: t.title, realmName, refresh: location }, { t, explanation, location });
    },
    connectedApps(view) {
      const { realmName, readingTime, ended } = view;
      const { heading, endedTitle } = messages.connectedApps;
      const title = ended ? endedTitle(heading) : heading;
      return templates['connected-apps'](
        { title, realmName, readingTime },
        connectedAppsLocals(view, messages, formats),
      );
    },
    signOut({ realmName, signedIn, isOfOnePage = false, elsewhere: other }) {
      const t = messages.signOut;
      const title = signedIn === undefined ? t.done : t.question;
      const lead = isOfOnePage ? t.signedInOnPage : t.signedInHere;
      const elsewhere = other && {
        href: other.href,
        lead: t.stillSignedIn(bdi(other.name)),
        link: t.signOutElsewhere(bdi(other.name)),
      };
      const asks = signedIn && lead(bdi(signedIn.person.name));
      const locals = { t, signedIn, isOfOnePage, lead: asks, elsewhere };
      return templates['sign-out']({ title, realmName, readingTime: signedIn?.readingTime }, locals);
    },
    problem({ realmName, problem, detail, ruleUrl, app = {}, clientName, again }) {
      const t = messages.problem;
      const words = t.kinds[problem];
      const { likely, others } = FORGETTING.has(problem) ? guessApp(app) : { likely: [], others: [] };
      const locals = {
        t,
        ...words,
        formerName:
          clientName === undefined
            ? undefined
            : t.formerName(claim({ name: clientName }, markerOf({}, realmName, messages), messages)),
        likely: likely.map((id) => t.forget[id]),
        others: others.map((id) => t.forget[id]),
        detail,
        ruleUrl,
        again,
      };
      return templates.problem({ title: words.heading, realmName }, locals);
    },
    rules({ realmName, rules }) {
      const t = messages.rules;
      return templates.rules({ title: t.heading, realmName, canOpenScrolled: true }, { t, rules });
    },
  };
}

function failureWords(failure: NonNullable<SignInView['failure']>, t: Messages['signIn']): string {
  switch (failure.kind) {
    case 'credentials':
      return t.wrongCredentials;
    case 'busy':
      return t.busy;
    case 'limited':
      return t.tooManyAttempts(Math.ceil(failure.retryAfter / 60));
  }
}
