import type { FetchFailure, FetchRequest } from '../../fetch-document.ts';
import type { Deadline } from '../deadline.ts';
import { FailedFetch, failure, quoted } from '../failed-fetch.ts';
import type { GuardedFetchSettings } from '../guard-options.ts';
import type { Target } from '../target.ts';
import { judgeAddress, type NetworkExceptions } from './judge-address.ts';

/**
 * The address to connect to, or why the host is refused. One bad address among many is enough: the others may be there to get
 * the host past this check.
 */
export async function judgedAddress(
  target: Target,
  request: Pick<FetchRequest, 'chosenBy'>,
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

/** The networks that an operator excepts for a URL. Only an operator's own URLs lead to what is allowed to operators. */
const exceptionsOf = (
  { chosenBy = 'stranger' }: Pick<FetchRequest, 'chosenBy'>,
  { allow, allowOperators, deny }: GuardedFetchSettings,
): NetworkExceptions => ({
  allow: chosenBy === 'operator' ? [...allow, ...allowOperators] : allow,
  deny,
});

const isList = (answer: readonly string[] | FetchFailure): answer is readonly string[] =>
  Array.isArray(answer);

/** Asks the resolver, once. */
async function resolved(
  { host }: Target,
  { chosenBy = 'stranger' }: Pick<FetchRequest, 'chosenBy'>,
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
