import type { Reply } from '../authorization/ask.ts';
import type { Meaning } from '../authorization/judge.ts';
import type { Redirect } from '../redirects/redirect.ts';
import { quote } from '../server/say.ts';
import type { Result } from './outcome.ts';

/** Not tried, with the reason. */
export const notRun = (redirect: Redirect, message: string): Result => ({
  ...named(redirect),
  outcome: 'skipped',
  message,
});

/** @param meaning what the reply means; undefined if it has no meaning @param hint what to do if it failed */
export function redirectResult(
  redirect: Redirect,
  reply: Reply,
  meaning: Meaning | undefined,
  hint: string,
): Result {
  const { works, why } = redirect;
  if (meaning === (works ? 'taken' : 'refused')) return { ...named(redirect), outcome: 'passed' };
  const should = works ? 'should be accepted' : 'should be refused with a 4xx page';
  const message = `The server ${said(reply)}; the redirect URI ${should}, because ${why}.${hint}`;
  return { ...named(redirect), outcome: 'failed', message };
}

const named = ({ uri, works }: Redirect): Pick<Result, 'check' | 'uri'> => ({
  check: works ? 'redirects.accepts' : 'redirects.refuses',
  uri,
});

/** What was received, to follow "The server". */
export function said(reply: Reply): string {
  switch (reply.kind) {
    case 'led':
      return `responded ${reply.status} and leads to ${quote(reply.to)}`;
    case 'page':
      return `responded ${reply.status} with a page`;
    case 'limited':
      return 'limited the request';
    case 'nothing':
      return reply.problem;
  }
}
