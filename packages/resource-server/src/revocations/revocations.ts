import { askIssuer } from '../issuer/ask.ts';
import { IssuerUnavailable } from '../issuer/unavailable.ts';
import type { ResourceServerOptions, RevocationOptions } from '../options.ts';
import type { AccessToken } from '../token/access-token.ts';

/** The revoked tokens and grants, from the last response of the issuer. */
interface RevocationList {
  readonly tokenIds: ReadonlySet<string>;
  readonly grantIds: ReadonlySet<string>;
  readonly at: number;
}

/** How long to wait before the next attempt after a failed request, in milliseconds. */
const PAUSE = 5_000;

/**
 * Checks whether a token was revoked, by the list of the issuer. The list is fetched on demand if it is too old: no timer
 * keeps the process alive, and an idle API sends no requests. Concurrent callers share one fetch.
 *
 * @throws IssuerUnavailable if the list cannot be fetched, the last one is stale, and `withoutList` is `refuse`
 */
export function createRevocations(
  options: ResourceServerOptions,
  revocations: RevocationOptions,
): (token: AccessToken) => Promise<boolean> {
  const { issuer, clock = Date.now } = options;
  const { credentials, refreshSeconds = 30, staleSeconds = 300, withoutList = 'refuse' } = revocations;
  const { uri = `${issuer}/connect/revocations`, maxBytes = 8_388_608, maxEntries = 100_000 } = revocations;
  let list: RevocationList | undefined;
  let failure: { readonly error: unknown; readonly at: number } | undefined;
  let fetching: Promise<void> | undefined;

  async function refresh(): Promise<void> {
    const at = clock();
    try {
      const answer = await askIssuer(options, { uri, credentials, maxBytes });
      list = { ...readList(uri, answer, maxEntries), at };
      failure = undefined;
    } catch (error) {
      failure = { error, at };
    } finally {
      fetching = undefined;
    }
  }

  const isOlder = (at: number | undefined, milliseconds: number): boolean =>
    at === undefined || clock() - at >= milliseconds;

  return async (token) => {
    if (isOlder(list?.at, refreshSeconds * 1_000) && isOlder(failure?.at, PAUSE)) {
      await (fetching ??= refresh());
    }
    if (withoutList === 'refuse' && isOlder(list?.at, staleSeconds * 1_000)) {
      throw new IssuerUnavailable(`There is no recent list at ${uri}.`, { cause: failure?.error });
    }
    const { id, grantId } = token;
    return (
      list !== undefined && (list.tokenIds.has(id) || (grantId !== undefined && list.grantIds.has(grantId)))
    );
  };
}

/** @throws IssuerUnavailable if the response is not a list or is too long */
function readList(
  uri: string,
  answer: Readonly<Record<string, unknown>>,
  maxEntries: number,
): Omit<RevocationList, 'at'> {
  const { token_ids: tokenIds, grant_ids: grantIds } = answer;
  if (!isTexts(tokenIds) || !isTexts(grantIds)) throw new IssuerUnavailable(`What is at ${uri} is no list.`);
  const entries = tokenIds.length + grantIds.length;
  if (entries > maxEntries) {
    throw new IssuerUnavailable(
      `The list at ${uri} has ${entries} entries, more than maxEntries (${maxEntries}).`,
    );
  }
  return { tokenIds: new Set(tokenIds), grantIds: new Set(grantIds) };
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');
