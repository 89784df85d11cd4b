import { askIssuer } from '../issuer/ask.ts';
import { IssuerUnavailable } from '../issuer/unavailable.ts';
import type { ResourceServerOptions, RevocationOptions } from '../options.ts';
import type { AccessToken } from '../token/access-token.ts';

/** What ended before its time, as the issuer last said it. */
interface RevocationList {
  readonly tokenIds: ReadonlySet<string>;
  readonly grantIds: ReadonlySet<string>;
  readonly at: number;
}

/** How long to leave an issuer alone that did not answer, in milliseconds. */
const PAUSE = 5_000;

/**
 * Whether a token was revoked, by the issuer's list. The list is fetched when it is needed and too old: no timer keeps a
 * process alive, and an API that nobody calls asks nothing. Of many requests at once one fetches.
 *
 * @throws IssuerUnavailable where the list cannot be had, the last one is stale, and nobody is to be let in without
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

/** @throws IssuerUnavailable where it is none, or is too long */
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
