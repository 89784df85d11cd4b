import type { KnownBrowser, Tab } from '../world/book.ts';
import { API_IDS, CALLBACK, ISSUERS, REALM_IDS, RESOURCES } from '../world/realms.ts';
import type { View } from '../world/json-pages.ts';
import type { Shown } from '../world/browser.ts';
import type { Telling, World } from '../world/world.ts';
import { suspect } from './agents.ts';
import { type Act, chosen, NOTHING } from './act.ts';
import { CHALLENGE, post } from './token-requests.ts';

const shownIn = ({ status, view }: Shown): string => `${status} ${view?.page ?? 'elsewhere'}`;

/** The tabs that display a page. */
export const tabsAt = (world: World, page: string): readonly Tab[] =>
  world.book.tabs.filter(({ shown }) => shown?.view?.page === page);

/** Remembers what a tab displays now, and gives a code to its client. */
export function display(world: World, telling: Telling, tab: Tab, shown: Shown, source = tab.name): void {
  tab.shown = shown;
  const { view } = shown;
  if (view?.page !== 'hand-back' || view.outcome !== 'approved') return;
  const code = new URL(view.location).searchParams.get('code') ?? '';
  const name = `code ${code.slice(-6)} of ${source}`;
  const { client, api } = tab;
  telling.learn({ kind: 'code', realm: client.realm, tab: source, code: name });
  if (world.book.codes.some((known) => known.code === code)) return;
  world.book.codes.push({ name, code, client, api, isBrief: tab.isBrief === true });
}

/** The consent form as a person fills it in. */
export function filledIn(
  view: View,
  decision: string,
  scopes: readonly string[],
  lasting: unknown,
): URLSearchParams {
  const fields = new URLSearchParams({
    transaction: view.interaction,
    csrf: view.csrf,
    decision,
    lasting: String(lasting),
  });
  for (const scope of scopes) fields.append('scope', scope);
  return fields;
}

/** Submits a form of a tab in its browser. */
async function submit(world: World, telling: Telling, tab: Tab, fields: URLSearchParams): Promise<string> {
  const { view, url } = tab.shown ?? {};
  const action = String(new URL(tab.posted?.action ?? view?.action ?? '', url ?? tab.start));
  const subject = view?.person?.subject ?? tab.subject;
  if (subject !== undefined) tab.subject = subject;
  if (fields.get('decision') === 'approve' && subject !== undefined) {
    const { realm, id: clientId } = tab.client;
    const resource = RESOURCES[tab.api];
    telling.learn({
      kind: 'approved',
      realm,
      tab: tab.name,
      clientId,
      subject,
      resource,
      scopes: fields.getAll('scope'),
    });
  }
  tab.posted = { action, fields };
  tab.shown = undefined;
  const shown = await tab.of.browser.post(action, fields);
  display(world, telling, tab, shown);
  return shownIn(shown);
}

async function decide(
  world: World,
  which: number,
  telling: Telling,
  how: (view: View, tab: Tab) => { readonly says: string; readonly fields: URLSearchParams },
): Promise<string> {
  const tab = chosen(tabsAt(world, 'consent'), which);
  const view = tab?.shown?.view;
  if (tab === undefined || view === undefined) return NOTHING;
  delete tab.posted;
  const { says, fields } = how(view, tab);
  telling.says(`${tab.of.person} ${says} ${tab.client.name} in ${tab.name}`);
  return submit(world, telling, tab, fields);
}

const offered = ({ scopes, held }: View): readonly string[] => [...scopes, ...held].map(({ name }) => name);

async function open(world: World, telling: Telling, tab: Tab, url: URL): Promise<string> {
  tab.shown = undefined;
  const shown = await tab.of.browser.open(url);
  display(world, telling, tab, shown);
  return shownIn(shown);
}

/** Opens a page of a person's own, in a realm. */
const ownPage = (browser: KnownBrowser, issuer: string, path: string): Promise<Shown> =>
  browser.browser.open(`${issuer}${path}`);

export const PEOPLE_ACTS = {
  openLink: {
    actor: 'person',
    weight: 14,
    run: async (world, [which, whose, how], telling) => {
      const client = chosen(world.book.clients, which);
      const of = world.book.browsers[whose % world.book.browsers.length];
      const api = API_IDS[how % API_IDS.length] ?? 'notes';
      if (client === undefined || of === undefined) return NOTHING;
      const name = `tab ${world.book.tabs.length + 1}`;
      const isPushed = how % 5 === 0;
      telling.says(
        `${of.person} opens the link of ${client.name} for ${api} in ${name} of ${of.name}${isPushed ? ', pushed' : ''}`,
      );
      const asked = {
        response_type: 'code',
        client_id: client.id,
        redirect_uri: CALLBACK,
        state: 'st',
        code_challenge: CHALLENGE,
        code_challenge_method: 'S256',
        resource: RESOURCES[api],
      };
      const start = new URL(`${ISSUERS[client.realm]}/connect/authorize`);
      start.search = new URLSearchParams(asked).toString();
      const tab: Tab = { name, of, client, api, start, shown: undefined };
      world.book.tabs.push(tab);
      if (isPushed) {
        const { status, body } = await post(world, client.realm, '/connect/par', asked, { ip: client.ip });
        if (status !== 201) return String(status);
        const reference = { client_id: client.id, request_uri: String(body['request_uri']) };
        start.search = new URLSearchParams(reference).toString();
      }
      return open(world, telling, tab, start);
    },
  },
  signIn: {
    actor: 'person',
    weight: 14,
    run: async (world, [which, password], telling) => {
      const tab = chosen(tabsAt(world, 'sign-in'), which);
      const view = tab?.shown?.view;
      if (tab === undefined || view === undefined) return NOTHING;
      delete tab.posted;
      const isRight = password % 8 !== 0;
      telling.says(`${tab.of.person} signs in${isRight ? '' : ' with a wrong password'} in ${tab.name}`);
      const fields = new URLSearchParams({
        transaction: view.interaction,
        csrf: view.csrf,
        username: tab.of.person,
        password: isRight ? 'right' : 'wrong',
      });
      return submit(world, telling, tab, fields);
    },
  },
  approve: {
    actor: 'person',
    weight: 14,
    run: (world, [which], telling) =>
      decide(world, which, telling, (view, tab) => {
        tab.isBrief = false;
        return { says: 'approves', fields: filledIn(view, 'approve', offered(view), view.durations[0]) };
      }),
  },
  approveLess: {
    actor: 'person',
    weight: 3,
    run: (world, [which, scope], telling) =>
      decide(world, which, telling, (view, tab) => {
        tab.isBrief = true;
        const names = offered(view);
        const one = [names[scope % names.length] ?? ''];
        return {
          says: 'approves for an hour one scope of',
          fields: filledIn(view, 'approve', one, view.durations[1]),
        };
      }),
  },
  deny: {
    actor: 'person',
    weight: 2,
    run: (world, [which], telling) =>
      decide(world, which, telling, (view) => ({
        says: 'denies',
        fields: filledIn(view, 'deny', offered(view), view.durations[0]),
      })),
  },
  goBack: {
    actor: 'person',
    weight: 3,
    run: async (world, [which], telling) => {
      const tab = chosen(
        world.book.tabs.filter(({ posted }) => posted !== undefined),
        which,
      );
      if (tab?.posted === undefined) return NOTHING;
      telling.says(`${tab.of.person} goes back and submits ${tab.name} again`);
      return submit(world, telling, tab, tab.posted.fields);
    },
  },
  reload: {
    actor: 'person',
    weight: 6,
    run: async (world, [which], telling) => {
      const tab = chosen(world.book.tabs, which);
      if (tab === undefined) return NOTHING;
      telling.says(`${tab.of.person} reloads ${tab.name}`);
      return open(
        world,
        telling,
        tab,
        tab.shown?.url.origin === tab.start.origin ? tab.shown.url : tab.start,
      );
    },
  },
  endApp: {
    actor: 'person',
    weight: 3,
    run: async (world, [whose, which, where], telling) => {
      const browser = world.book.browsers[whose % world.book.browsers.length];
      const realm = REALM_IDS[where % REALM_IDS.length] ?? 'main';
      if (browser === undefined) return NOTHING;
      const { view, url } = await ownPage(browser, ISSUERS[realm], '/connect/apps');
      const app = view?.apps === undefined ? undefined : chosen(view.apps, which);
      const subject = view?.person?.subject;
      if (app === undefined || subject === undefined) return NOTHING;
      const { clientId } = app;
      telling.says(`${browser.person} ends the access of ${clientId.slice(-4)} in ${realm}`);
      suspect(world.book.families, ({ client }) => client.id === clientId && client.realm === realm);
      const fields = new URLSearchParams({ client: clientId, csrf: app.csrf });
      const shown = await browser.browser.post(new URL(app.action, url), fields);
      if (shown.status === 200) telling.learn({ kind: 'ended', realm, clientId, subject });
      return shownIn(shown);
    },
  },
  signOut: {
    actor: 'person',
    weight: 2,
    run: async (world, [whose, where], telling) => {
      const browser = world.book.browsers[whose % world.book.browsers.length];
      const realm = REALM_IDS[where % REALM_IDS.length] ?? 'main';
      if (browser === undefined) return NOTHING;
      const { view, url } = await ownPage(browser, ISSUERS[realm], '/connect/sign-out');
      if (view?.signedIn === undefined) return NOTHING;
      telling.says(`${browser.person} signs out of ${realm} in ${browser.name}`);
      const fields = new URLSearchParams({ csrf: view.signedIn.csrf });
      return shownIn(await browser.browser.post(new URL('/connect/sign-out', url), fields));
    },
  },
} as const satisfies Record<string, Act>;
