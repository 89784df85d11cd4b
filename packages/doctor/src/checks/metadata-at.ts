import { quote } from '@vestibule/client-fixtures';
import { firstFound, type Found } from '../evidence/evidence.ts';
import { type Exchange, headerOf, isJson, received } from '../exchange/exchange.ts';
import { failed, type Judgement, passed, skipped } from './check.ts';
import { unreadable } from './page-access.ts';

type Places<Place extends string> = readonly Found<Place>[] | undefined;

/** Judges whether metadata were found, and names what each place responds with. */
export function judgeFound(places: readonly Found<string>[], whose: string): Judgement {
  if (firstFound(places) !== undefined) return passed;
  const isSilent = places.every(({ exchange }) => exchange.reply.kind === 'none');
  if (places.length > 0 && isSilent) return skipped('It does not respond.');
  const details = places.map(({ exchange }) => `${exchange.url} ${received(exchange)}.`);
  return failed(`No metadata ${whose}: ${details[0] ?? 'no URL was tried.'}`, { details });
}

/** Judges whether metadata that were found are at one of the places, too. */
export function judgePlace<Place extends string>(places: Places<Place>, place: Place): Judgement {
  const found = firstFound(places);
  if (found === undefined) return skipped('There are no metadata.');
  const here = places?.filter((each) => each.place === place) ?? [];
  if (firstFound(here) !== undefined) return passed;
  const { exchange = found.exchange } = here[0] ?? {};
  return failed(`${exchange.url} ${received(exchange)}; only ${found.exchange.url} has them.`, {
    where: exchange.url,
  });
}

/** Judges the content type of metadata. */
export function judgeType(places: Places<string>): Judgement {
  const { exchange } = firstFound(places) ?? {};
  if (exchange === undefined) return skipped('There are no metadata.');
  return isJson(exchange)
    ? passed
    : failed(`Content-Type is ${quote(headerOf(exchange, 'content-type'))}.`, {
        where: exchange.url,
      });
}

/** Judges whether a page can read a response. */
export function judgeReadable(exchange: Exchange | undefined, otherwise: string): Judgement {
  if (exchange === undefined) return skipped(otherwise);
  const problem = unreadable(exchange);
  return problem === undefined ? passed : failed(problem, { where: exchange.url });
}

/** Names the difference of two spellings that differ in their last slash only. */
export const slashBetween = (one: unknown, other: string): string =>
  typeof one === 'string' && one.replace(/\/$/, '') === other.replace(/\/$/, '')
    ? ' They differ in the slash at the end.'
    : '';
