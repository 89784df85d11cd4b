import { CALLBACK, RESOURCES, type ApiId, type RealmId } from '../world/realms.ts';
import type { Family, KnownCode } from '../world/book.ts';
import type { Telling, World } from '../world/world.ts';
import { bodyOf, refreshWith, register } from './agents.ts';
import { type Act, chosen, NOTHING } from './act.ts';
import { display, filledIn, tabsAt } from './people.ts';
import {
  type Answer,
  askForTokens,
  exchangeFields,
  introspect,
  issuedBy,
  nameOfToken,
  post,
  refreshFields,
  told,
} from './token-requests.ts';

const other = (api: ApiId): ApiId => (api === 'notes' ? 'mail' : 'notes');
const otherRealm = (realm: RealmId): RealmId => (realm === 'main' ? 'other' : 'main');

/** Whatever a code is exchanged for, now or later, may end: another party presents it too. */
function contest(code: KnownCode): void {
  code.isContested = true;
  if (code.family !== undefined) code.family.isSuspect = true;
}

/** What an attacker got goes into the history like what an agent got. */
function learnTokens(
  telling: Telling,
  realm: RealmId,
  grantType: 'authorization_code' | 'refresh_token',
  presented: string,
  answer: Answer,
): string {
  if (answer.status === 200) telling.learn(issuedBy(answer, realm, grantType, presented));
  return told(answer);
}

async function exchangeAs(
  world: World,
  telling: Telling,
  { name, client }: KnownCode,
  fields: Record<string, string>,
  clientId = client.id,
): Promise<string> {
  const { realm, ip } = client;
  const answer = await askForTokens(world, { id: clientId, realm, ip }, fields, client.usesProofs);
  return learnTokens(telling, realm, 'authorization_code', name, answer);
}

async function introspectAt(
  world: World,
  telling: Telling,
  family: Family,
  realm: RealmId,
  api: ApiId,
): Promise<string> {
  const held = family.accessTokens.at(-1);
  if (held === undefined) return NOTHING;
  const answer = await introspect(world, realm, api, held.token);
  if (answer.status !== 200) return told(answer);
  const isActive = answer.body['active'] === true;
  telling.learn({
    kind: 'introspected',
    realm,
    resource: RESOURCES[api],
    isActive,
    scopes: isActive ? String(answer.body['scope']).split(' ') : [],
    token: held.issued,
  });
  return isActive ? 'active' : 'inactive';
}

export const ATTACKERS = {
  replayCode: {
    actor: 'attacker',
    weight: 3,
    run: async (world, [which], telling) => {
      const code = chosen(world.book.codes, which);
      if (code === undefined) return NOTHING;
      telling.says(`presents ${code.name} again`);
      contest(code);
      return exchangeAs(world, telling, code, exchangeFields(code));
    },
  },
  replayRefreshToken: {
    actor: 'attacker',
    weight: 3,
    run: async (world, [which, generations], telling) => {
      const family = chosen(world.book.families, which);
      if (family === undefined) return NOTHING;
      family.isSuspect = true;
      const answer = await refreshWith(world, telling, family, 1 + (generations % 3));
      return answer === undefined ? NOTHING : told(answer);
    },
  },
  stealCode: {
    actor: 'attacker',
    weight: 2,
    run: async (world, [which, how], telling) => {
      const code = chosen(world.book.codes, which);
      if (code === undefined) return NOTHING;
      const another = chosen(
        world.book.clients.filter(({ id, realm }) => id !== code.client.id && realm === code.client.realm),
        how,
      );
      contest(code);
      if (how % 2 === 0 || another === undefined) {
        telling.says(`steals ${code.name} without its verifier`);
        const fields = { ...exchangeFields(code), code_verifier: 'x'.repeat(43) };
        return exchangeAs(world, telling, code, fields);
      }
      telling.says(`presents ${code.name} as ${another.name}`);
      return exchangeAs(world, telling, code, exchangeFields(code), another.id);
    },
  },
  exchangeForAnotherApi: {
    actor: 'attacker',
    weight: 2,
    run: async (world, [which], telling) => {
      const code = chosen(world.book.codes, which);
      if (code === undefined) return NOTHING;
      telling.says(`exchanges ${code.name} for ${other(code.api)}`);
      contest(code);
      return exchangeAs(world, telling, code, {
        ...exchangeFields(code),
        resource: RESOURCES[other(code.api)],
      });
    },
  },
  useAtAnotherApi: {
    actor: 'attacker',
    weight: 3,
    run: async (world, [which], telling) => {
      const family = chosen(world.book.families, which);
      if (family === undefined) return NOTHING;
      telling.says(`uses a token of ${family.client.name} at ${other(family.api)}`);
      return introspectAt(world, telling, family, family.client.realm, other(family.api));
    },
  },
  useInAnotherRealm: {
    actor: 'attacker',
    weight: 2,
    run: async (world, [which, how], telling) => {
      const family = chosen(world.book.families, which);
      const refreshToken = family?.refreshTokens.at(-1);
      if (family === undefined || refreshToken === undefined) return NOTHING;
      const realm = otherRealm(family.client.realm);
      telling.says(`uses tokens of ${family.client.name} in ${realm}`);
      if (how % 2 === 0) return introspectAt(world, telling, family, realm, family.api);
      const { id, ip } = family.client;
      const answer = await post(
        world,
        realm,
        '/connect/token',
        { client_id: id, ...refreshFields(refreshToken.token) },
        { ip },
      );
      return learnTokens(telling, realm, 'refresh_token', nameOfToken(refreshToken.token), answer);
    },
  },
  guess: {
    actor: 'attacker',
    weight: 1,
    run: async (world, [which], telling) => {
      const client = chosen(world.book.clients, which);
      if (client === undefined) return NOTHING;
      telling.says(`guesses a refresh token of ${client.name}`);
      const token = `${'a'.repeat(43)}.${'b'.repeat(43)}`;
      const answer = await askForTokens(world, client, refreshFields(token), false);
      return learnTokens(telling, client.realm, 'refresh_token', nameOfToken(token), answer);
    },
  },
  spray: {
    actor: 'attacker',
    weight: 3,
    run: async (world, [count, network], telling) => {
      const answers: string[] = [];
      telling.says(`sprays registrations from network ${network % 4}`);
      for (let index = 0; index < 2 + (count % 5); index += 1) {
        const ip = `198.18.${network % 4}.${(count + index * 7) % 250}`;
        const body = { ...bodyOf(index), client_name: `Spray ${(count + index) % 9}` };
        answers.push(told(await register(world, telling, 'main', body, ip)));
      }
      return answers.join(' ');
    },
  },
  hammer: {
    actor: 'attacker',
    weight: 2,
    run: async (world, [from, names], telling) => {
      const ip = `203.0.113.${100 + (from % 3)}`;
      telling.says(`registers six clients from ${ip}`);
      const answers: string[] = [];
      for (let index = 0; index < 6; index += 1) {
        const body = { ...bodyOf(index), client_name: `Hammer ${names % 7} ${index}` };
        answers.push(told(await register(world, telling, 'main', body, ip)));
      }
      return answers.join(' ');
    },
  },
  sprayMetadata: {
    actor: 'attacker',
    weight: 1,
    run: async (world, [from], telling) => {
      telling.says('sends registrations that the policy refuses');
      const body = { client_name: 'Bad', redirect_uris: ['javascript:alert(1)'] };
      return told(await register(world, telling, 'main', body, `198.18.9.${from % 250}`));
    },
  },
  submitElsewhere: {
    actor: 'attacker',
    weight: 4,
    run: async (world, [which, whose], telling) => {
      const tab = chosen(tabsAt(world, 'consent'), which);
      const view = tab?.shown?.view;
      const browsers = world.book.browsers.filter((browser) => browser !== tab?.of);
      const browser = browsers[whose % browsers.length];
      if (tab === undefined || view === undefined || browser === undefined) return NOTHING;
      telling.says(`submits the consent form of ${tab.name} in ${browser.name}`);
      const scopes = [...view.scopes, ...view.held].map(({ name }) => name);
      const fields = filledIn(view, 'approve', scopes, view.durations[0]);
      const shown = await browser.browser.post(new URL(view.action, tab.start), fields);
      const elsewhere = { ...tab, of: browser };
      display(world, telling, elsewhere, shown, `${tab.name} elsewhere`);
      return `${shown.status} ${shown.view?.page ?? 'elsewhere'}`;
    },
  },
  redirectElsewhere: {
    actor: 'attacker',
    weight: 1,
    run: async (world, [which, whose], telling) => {
      const tab = chosen(world.book.tabs, which);
      const browser = world.book.browsers[whose % world.book.browsers.length];
      if (tab === undefined || browser === undefined) return NOTHING;
      telling.says(`opens ${tab.client.name} with another redirect URI in ${browser.name}`);
      const url = new URL(tab.start);
      url.searchParams.set('redirect_uri', `${CALLBACK}/attacker`);
      const shown = await browser.browser.open(url);
      return `${shown.status} ${shown.view?.page ?? shown.url.href}`;
    },
  },
} as const satisfies Record<string, Act>;
