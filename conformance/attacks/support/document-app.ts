import type { FetchFailure, FetchOutcome, FetchRequest } from '@vestibule/cimd';
import type { MetadataDocumentSettings, PartialRealmSettings } from '@vestibule/core/realm';
import { OPEN_SEED, startApp, type TestApp } from '../../support/app.ts';
import { CALLBACK } from './client.ts';

/** A server that is open to documents. Every website has one, which gives its client the name of the URL. */
export interface DocumentApp {
  readonly app: TestApp;
  /** The URLs that were fetched. */
  readonly fetched: readonly string[];
  /** Has a body at a URL from now on, or a document with these members beside its `client_id` at every other one. */
  publish(body: object, url?: string): void;
  /** From now on no website answers. */
  makeSlow(): void;
  /** From now on every website answers, also those that were slow before. */
  answerAll(): void;
  /** Changes the settings of documents. */
  change(settings: Partial<MetadataDocumentSettings>): Promise<void>;
}

const DOCUMENT = {
  client_name: 'Described',
  grant_types: ['authorization_code', 'refresh_token'],
};

type MetadataDocuments = NonNullable<PartialRealmSettings['metadataDocuments']>;

/** How a {@link DocumentApp} differs from the usual one. */
export interface DocumentAppOptions {
  /** Whether the websites do not answer until the attack says so. @default false */
  readonly isSlow?: boolean;
  readonly now?: () => number;
  /** Those in every document. @default one on this computer */
  readonly redirectUris?: readonly string[];
  /** Limits of the realm. @default the limits of the seed */
  readonly limits?: PartialRealmSettings['limits'];
  /** What the document at a URL says besides the usual. @default nothing */
  readonly describe?: (url: string) => object;
  /** Why the fetch of a URL fails. @default none does */
  readonly failing?: (url: string) => FetchFailure | undefined;
}

export async function startDocumentApp(
  settings: MetadataDocuments = {},
  {
    isSlow = false,
    now = Date.now,
    redirectUris = [CALLBACK],
    limits = {},
    describe = () => ({}),
    failing = () => undefined,
  }: DocumentAppOptions = {},
): Promise<DocumentApp> {
  const fetched: string[] = [];
  const bodies = new Map<string, object>();
  let described: object = {};
  let gate = Promise.withResolvers<void>();
  if (!isSlow) gate.resolve();
  const fetch = async ({ url }: FetchRequest): Promise<FetchOutcome> => {
    fetched.push(url);
    await gate.promise;
    const failure = failing(url);
    if (failure !== undefined) return failure;
    const body = bodies.get(url) ?? {
      client_id: url,
      ...DOCUMENT,
      redirect_uris: redirectUris,
      ...describe(url),
      ...described,
    };
    const freshness = { noStore: false, noCache: false, mustRevalidate: false };
    return { ok: true, status: 'fetched', body, bytes: JSON.stringify(body).length, freshness };
  };
  const { realm } = OPEN_SEED;
  const metadataDocuments = { open: true, ...settings };
  const app = await startApp(
    {
      ...OPEN_SEED,
      realm: {
        ...realm,
        settings: { ...realm.settings, limits: { ...realm.settings?.limits, ...limits }, metadataDocuments },
      },
    },
    { guardedFetch: { fetch }, trustProxy: 1, clock: now },
  );
  return {
    app,
    fetched,
    publish: (body, url) => {
      if (url === undefined) described = body;
      else bodies.set(url, body);
    },
    makeSlow: () => {
      gate = Promise.withResolvers<void>();
    },
    answerAll: () => gate.resolve(),
    change: (next) =>
      app.change(({ settings: current, ...rest }) => ({
        ...rest,
        settings: { ...current, metadataDocuments: { ...current.metadataDocuments, ...next } },
      })),
  };
}
