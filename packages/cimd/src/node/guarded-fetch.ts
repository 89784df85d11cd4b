import type { FetchFailure, FetchOutcome, FetchRequest, GuardedFetch } from '../fetch-document.ts';
import { judgeAddress, type NetworkExceptions } from './address/judge-address.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { exchange } from './exchange.ts';
import { FailedFetch, failure, quoted } from './failed-fetch.ts';
import { type GuardedFetchOptions, type GuardedFetchSettings, readOptions } from './guard-options.ts';
import { readTarget, type Target } from './target.ts';

/** The size that the draft recommends as the most to read of a document, in bytes. */
const MAX_DOCUMENT_BYTES = 5_120;

/**
 * Fetches JSON from URLs that strangers chose. It resolves a name once, refuses the host if any of its addresses is not public,
 * connects to the first of the addresses that it judged, and checks the certificate against the name. It does not follow
 * redirects, uses no proxy and no connection twice, and limits the time and the size of everything.
 *
 * @throws TypeError that names the options that are unknown or invalid
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-9.6 CIMD §9.6}
 * @example
 * ```ts
 * import { createGuardedFetch } from '@vestibule/cimd/node';
 *
 * const { fetch } = createGuardedFetch();
 * const outcome = await fetch({ url: 'https://agent.example/client.json' });
 * if (outcome.ok && outcome.status === 'fetched') console.log(outcome.body);
 * ```
 */
export function createGuardedFetch(options: GuardedFetchOptions = {}): GuardedFetch {
  const settings = readOptions(options);
  return {
    fetch: async ({ maxBytes = MAX_DOCUMENT_BYTES, ...request }) => {
      if (!Number.isSafeInteger(maxBytes) || maxBytes < 1) {
        throw new TypeError('fetch: "maxBytes" must be a whole number of 1 or more.');
      }
      return guardedFetch({ ...request, maxBytes }, settings);
    },
  };
}

async function guardedFetch(
  request: FetchRequest & { readonly maxBytes: number },
  settings: GuardedFetchSettings,
): Promise<FetchOutcome> {
  const target = readTarget(request.url);
  if (typeof target === 'string') return failure('url', target);
  const deadline = startDeadline(settings.totalTimeout);
  try {
    const found = await judgedAddress(target, request, settings, deadline);
    return typeof found === 'string' ? await exchange(target, found, request, settings, deadline) : found;
  } finally {
    deadline.end();
  }
}

/** The networks that an operator excepts for a URL. Only an operator's own URLs lead to what is allowed to operators. */
const exceptionsOf = (
  { chosenBy = 'stranger' }: FetchRequest,
  { allow, allowOperators, deny }: GuardedFetchSettings,
): NetworkExceptions => ({
  allow: chosenBy === 'operator' ? [...allow, ...allowOperators] : allow,
  deny,
});

/**
 * The address to connect to, or why the host is refused. One bad address among many is enough: the others may be there to get
 * the host past this check.
 */
async function judgedAddress(
  target: Target,
  request: FetchRequest,
  settings: GuardedFetchSettings,
  deadline: Deadline,
): Promise<string | FetchFailure> {
  const exceptions = exceptionsOf(request, settings);
  const answer = target.isAddress ? [target.host] : await resolved(target, request, settings, deadline);
  if (!isList(answer)) return answer;
  let first: string | undefined;
  for (const address of answer) {
    const judgment = judgeAddress(address, exceptions);
    if (!judgment.allowed) {
      return failure('address', `The address ${quoted(address)} of the host ${judgment.reason}.`);
    }
    first ??= judgment.address;
  }
  return first ?? failure('resolution', 'The host has no address.');
}

const isList = (answer: readonly string[] | FetchFailure): answer is readonly string[] =>
  Array.isArray(answer);

/** Asks the resolver, once. */
async function resolved(
  { host }: Target,
  { chosenBy = 'stranger' }: FetchRequest,
  { resolver, resolutionTimeout }: GuardedFetchSettings,
  deadline: Deadline,
): Promise<readonly string[] | FetchFailure> {
  deadline.enter('resolving the name', resolutionTimeout);
  try {
    return await deadline.within(resolver.resolve(host, chosenBy));
  } catch (error) {
    if (error instanceof FailedFetch) return error.outcome;
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return failure('resolution', `The name of the host cannot be resolved${code}.`);
  } finally {
    deadline.leave();
  }
}
