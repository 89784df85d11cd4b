import type { InteractionContext } from './resume-interaction.ts';
import { after, type Entropy, type Realm } from '@vestibule/core';
import { readCookies } from '../web/cookie.ts';
import { sha256 } from '../web/digest.ts';
import { forgetOldest, transactionCookie } from './interaction-cookie.ts';
import type { AuthorizationRequest, Transaction } from '../authorization-request/interaction.ts';

/** Begins the person's part and binds it to this browser. */
export async function beginTransaction(
  { issuer, transactions, clock, entropy }: Omit<InteractionContext, 'realm'> & { readonly entropy: Entropy },
  realm: Realm,
  request: Request,
  authorization: AuthorizationRequest,
): Promise<{ readonly transaction: Transaction; readonly cookies: readonly string[] }> {
  const lifetime = realm.settings.lifetimes.transaction;
  const secret = entropy();
  const now = clock();
  const transaction: Transaction = {
    realm: realm.id,
    id: entropy(),
    browserHash: await sha256(secret),
    request: authorization,
    startedAt: now,
    expiresAt: after(now, lifetime),
  };
  await transactions.insert(transaction);
  const cookie = transactionCookie(issuer, transaction.id).set(secret, lifetime);
  return { transaction, cookies: [...forgetOldest(issuer, readCookies(request)), cookie] };
}
