import { createMetadataDocuments, type GuardedFetch } from '@vestibule/cimd';
import { createOperator, type PreregistrationTerms } from '@vestibule/core/operator';
import type { ClientRules } from '@vestibule/core/policy';
import { type PartialRealmSettings, type Realm, realmSettings } from '@vestibule/core/realm';
import { createRegistrar } from '@vestibule/core/registration';
import { randomToken, sha256, sourceOf } from '@vestibule/http';
import { createMemoryRateLimiter } from '@vestibule/rate-limit';
import { NOW } from '@vestibule/testing/now';
import { ACTOR } from '@vestibule/testing/operator';
import { CHALLENGE, VERIFIER } from '@vestibule/testing/pkce';
import { EMPTY_REALM } from '@vestibule/testing/realm';
import {
  type Authenticate,
  type AuthorizationServerOptions,
  type Change,
  type CommitChanges,
  createAuthorizationServer,
  createClientSealer,
  passwords,
  plainKeys,
  unstoredClients,
} from '../src/index.ts';
import { createMemoryStores } from '../src/memory/index.ts';
import { type Browser, createBrowser, type FormFields, type Shown, type View } from './browser.ts';
import { jsonPages } from './pages.ts';

export { ACTOR as ADA };
export { CHALLENGE, NOW, VERIFIER };

export const ISSUER = EMPTY_REALM.issuer;
export const NOTES = 'https://notes.example/mcp';
export const MAIL = 'https://mail.example';
export const CALLBACK = 'https://app.example/cb';

export interface Toggles {
  readonly realm?: boolean;
  readonly notes?: boolean;
  readonly read?: boolean;
  readonly write?: boolean;
}

export function realmWith(
  { realm = true, notes = true, read = true, write = true }: Toggles = {},
  settings: PartialRealmSettings = {},
): Realm {
  return {
    ...EMPTY_REALM,
    settings: realmSettings({
      ...settings,
      // Tests submit pages at once.
      consent: { minimumReadingTime: 0, ...settings.consent },
      registration: {
        open: realm,
        // Each client of a test is a new one.
        coalesce: false,
        limits: { perAddressPerHour: 1_000, perRealmPerDay: 1_000 },
      },
    }),
    apis: [
      {
        id: 'notes',
        name: 'Notes',
        resource: NOTES,
        scopes: ['read', 'write', 'admin'],
        openToDynamicClients: notes,
      },
      { id: 'mail', name: 'Mail', resource: MAIL, scopes: ['mail'], openToDynamicClients: true },
    ],
    scopes: [
      { name: 'read', description: 'Read notes', openToDynamicClients: read },
      { name: 'write', description: 'Write notes', openToDynamicClients: write },
      { name: 'admin', description: 'Delete notes', openToDynamicClients: false },
      { name: 'mail', description: 'Read mail', openToDynamicClients: true },
    ],
  };
}

const checkPassword: Authenticate = async ({ username, password }) => {
  const person = PEOPLE.find(({ name }) => name.toLowerCase() === username.toLowerCase());
  return person !== undefined && password === 'right' ? { person, methods: ['pwd'] } : undefined;
};

/** What happens around a commit. */
interface Interception {
  readonly kind: Change['kind'];
  readonly before?: (changes: readonly Change[]) => Promise<unknown>;
  readonly after?: () => Promise<unknown>;
}

/** What a test can choose besides the realm. */
interface SetUpOptions extends ClientRules {
  readonly authenticate?: Authenticate;
  /** Fetches the metadata documents of clients. */
  readonly documentFetch?: GuardedFetch;
}

/**
 * The authorization server of a realm in memory, with Ada and Grace in it and a clock that a test sets.
 *
 * @param dynamic how the server judges clients again; it does not apply at their registration
 */
export function setUp(
  initial: Realm = realmWith(),
  { authenticate = checkPassword, documentFetch, ...rules }: SetUpOptions = {},
) {
  const { issuer } = initial;
  const limiter = createMemoryRateLimiter();
  const memory = createMemoryStores(initial);
  const { realms } = memory;
  let interception: Interception | undefined;
  const commit: CommitChanges = async (changes) => {
    const mine = changes.some(({ kind }) => kind === interception?.kind) ? interception : undefined;
    if (mine !== undefined) interception = undefined;
    await mine?.before?.(changes);
    const outcome = await memory.commit(changes);
    await mine?.after?.();
    return outcome;
  };
  const stores = { ...memory, commit };
  const { clients, audit } = stores;
  const errors: unknown[] = [];
  let now = NOW;
  const shared = { realms, limiter, audit, clock: () => now, generateToken: randomToken };
  const sealer = createClientSealer({
    keys: stores.keys,
    commit,
    cipher: plainKeys,
    audit,
    clock: shared.clock,
  });
  const registrar = createRegistrar({
    realms,
    sealer,
    initialAccessTokens: stores.initialAccessTokens,
    audit,
    clients,
    commit,
    clock: shared.clock,
    generateToken: randomToken,
    hash: sha256,
  });
  const unstored = unstoredClients({ realms, sealer, clock: shared.clock });
  const operator = createOperator({ ...stores, ...shared, hash: sha256, unstoredClients: unstored });
  const onError = (error: unknown): void => void errors.push(error);
  const metadataDocuments =
    documentFetch &&
    createMetadataDocuments({
      ...shared,
      fetch: documentFetch,
      clients,
      commit,
      hash: sha256,
      onError,
      ...rules,
    });
  const options: AuthorizationServerOptions = {
    ...shared,
    ...rules,
    sealer,
    metadataDocuments,
    realm: 'main',
    issuer,
    stores,
    pages: jsonPages,
    signIn: passwords({ authenticate }),
    onError,
    registration: async () => new Response('registered'),
  };
  const server = createAuthorizationServer(options);

  async function register(metadata: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const body = { redirect_uris: [CALLBACK], client_name: 'App', ...metadata };
    const admission = await registrar.admit('main', sourceOf('192.0.2.1'));
    if (admission.outcome !== 'admitted') throw new Error(admission.outcome);
    const outcome = await registrar.register(admission, body);
    if (outcome.outcome !== 'registered') throw new Error(JSON.stringify(outcome));
    return outcome.response.client_id;
  }

  /** Creates a client as an operator does, and returns its secret, if it has one. */
  async function preregister(terms: Partial<PreregistrationTerms> = {}) {
    const made = await operator.clients.add(ACTOR, 'main', {
      name: 'Acme',
      redirectUris: [CALLBACK],
      authentication: { method: 'client_secret_basic' },
      access: [{ resource: NOTES, scopes: ['read', 'admin'] }],
      ...terms,
    });
    if (made.outcome !== 'preregistered') throw new Error(JSON.stringify(made));
    return { clientId: made.client.id, secret: made.secret ?? '' };
  }

  const authorizeUrl = (clientId: string, parameters: Record<string, string | undefined> = {}): URL => {
    const url = new URL(`${issuer}/connect/authorize`);
    const all = {
      response_type: 'code',
      client_id: clientId,
      redirect_uri: CALLBACK,
      state: 'st',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      resource: NOTES,
      ...parameters,
    };
    for (const [name, value] of Object.entries(all)) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    return url;
  };

  /** Signs in if the browser is asked to, and ends at the consent page. */
  async function openConsent(browser: Browser, url: URL, username = 'ada'): Promise<Shown> {
    const shown = await browser.open(url);
    return shown.view.page === 'sign-in' ? answer(browser, shown, { username, password: 'right' }) : shown;
  }

  /** Submits the displayed form. Selections stay as displayed unless `fields` change them. */
  const answer = (browser: Browser, { view }: Shown, fields: FormFields): Promise<Shown> =>
    browser.post(view.action, { ...asShown(view), ...fields });

  /** From the authorization request to the code. */
  async function obtainCode(
    clientId: string,
    parameters: Record<string, string | undefined> = {},
  ): Promise<string> {
    const browser = createBrowser(server, issuer);
    const consent = await openConsent(browser, authorizeUrl(clientId, parameters));
    const done = await answer(browser, consent, { decision: 'approve' });
    return new URL(done.view.location).searchParams.get('code') ?? '';
  }

  async function token(fields: Record<string, string>, headers: Record<string, string> = {}) {
    const body = new URLSearchParams(fields);
    const response = await server.token(
      new Request(`${issuer}/connect/token`, { method: 'POST', body, headers }),
      {
        ip: '192.0.2.1',
      },
    );
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  const exchange = (clientId: string, code: string, fields: Record<string, string> = {}) =>
    token({
      grant_type: 'authorization_code',
      client_id: clientId,
      code,
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
      resource: NOTES,
      ...fields,
    });

  const refresh = (clientId: string, refreshToken: string, fields: Record<string, string> = {}) =>
    token({ grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken, ...fields });

  /** Changes the realm while the server runs. */
  async function change(next: Realm): Promise<void> {
    const current = await realms.find(next.id);
    await realms.replace(next, current?.version ?? 0);
  }

  return {
    server,
    options,
    change,
    realms,
    registrar,
    sealer,
    clients,
    audit,
    stores,
    errors,
    operator,
    register,
    preregister,
    authorizeUrl,
    openConsent,
    answer,
    obtainCode,
    token,
    exchange,
    refresh,
    newBrowser: (ip?: string, language?: string) => createBrowser(server, issuer, ip, language),
    /** Lets something happen once, before or after the next commit of a kind of change. */
    intercept: (next: Interception) => void (interception = next),
    /** Advances the clock by the given number of seconds. */
    pass: (seconds: number) => void (now += seconds * 1000),
  };
}

/** What a form posts if a person changes nothing. */
export const asShown = ({ page, interaction, csrf, scopes, held, durations }: View): FormFields => ({
  transaction: interaction,
  csrf,
  ...(page === 'consent' && {
    scope: [...scopes, ...held].map(({ name }) => name),
    lasting: String(durations[0]),
  }),
});

const PEOPLE = [
  { subject: 'person-ada', name: 'Ada' },
  { subject: 'person-grace', name: 'Grace' },
];
