import type { Clock } from '@vestibule/core';
import type { TransactionStore } from '../ports/interaction-store.ts';
import { readCookies } from '../web/cookie.ts';
import { placeOf } from '../web/place.ts';
import { equalInConstantTime } from '@vestibule/core';
import { sha256 } from '../web/digest.ts';
import type { PageProblem } from '../pages/views.ts';
import { transactionCookie } from './interaction-cookie.ts';
import type { BoundTransaction } from '../authorization-request/interaction.ts';

/** What an interaction is found with. */
export interface InteractionContext {
  readonly realm: string;
  readonly issuer: string;
  readonly transactions: TransactionStore;
  readonly clock: Clock;
}

export type ResumedTransaction =
  ({ readonly ok: true } & BoundTransaction) | { readonly ok: false; readonly problem: PageProblem };

/** Finds a transaction that is still alive and proves that this is its browser. Asked at every page and form. */
export async function resumeTransaction(
  { realm, issuer, transactions, clock }: InteractionContext,
  request: Request,
  id: string | null,
): Promise<ResumedTransaction> {
  const transaction = id === null ? undefined : await transactions.find(realm, id);
  if (transaction === undefined || transaction.expiresAt <= clock()) {
    return { ok: false, problem: 'transaction-unknown' };
  }
  const browserSecret = readCookies(request).get(transactionCookie(issuer, transaction.id).name);
  if (
    browserSecret === undefined ||
    !equalInConstantTime(await sha256(browserSecret), transaction.browserHash)
  ) {
    return { ok: false, problem: 'other-browser' };
  }
  return { ok: true, transaction, browserSecret };
}

/** {@link resumeTransaction} for a page, whose address names the transaction. */
export function resumeFromAddress(
  context: InteractionContext,
  request: Request,
): Promise<ResumedTransaction> {
  const place = placeOf(context.issuer, request);
  const query = new URL(request.url).searchParams.get('transaction');
  return resumeTransaction(context, request, place?.kind === 'path' ? place.id : query);
}
