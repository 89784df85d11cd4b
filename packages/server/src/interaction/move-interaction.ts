import type { InteractionContext } from './resume-interaction.ts';
import type { Entropy, Realm, Seconds } from '@vestibule/core';
import { hasOwnPaths } from '../web/place.ts';
import { sha256 } from '../web/digest.ts';
import { transactionCookie } from './interaction-cookie.ts';
import type { Transaction } from '../authorization-request/interaction.ts';

/** Where a person who has just signed in goes on with a transaction. */
export interface Onward {
  readonly id: Transaction['id'];
  /** How long a session that is for it lasts. */
  readonly lifetime: Seconds;
  readonly cookies: readonly string[];
}

/**
 * Takes a transaction to a new place when somebody signs in, with a new id and a new secret. Another program may have begun
 * it, and have planted its cookie in this browser: then it knows where the transaction was and what it is bound to, and it
 * must not know where the person is signed in. With most issuers no other program can, and the transaction stays.
 */
export async function moveOn(
  { issuer, transactions, clock, entropy }: Omit<InteractionContext, 'realm'> & { readonly entropy: Entropy },
  realm: Realm,
  transaction: Transaction,
): Promise<Onward> {
  if (!hasOwnPaths(issuer)) {
    return { id: transaction.id, lifetime: realm.settings.lifetimes.session, cookies: [] };
  }
  const [id, secret] = [entropy(), entropy()];
  await transactions.insert({ ...transaction, id, browserHash: await sha256(secret) });
  const lifetime = Math.max(1, Math.ceil((transaction.expiresAt - clock()) / 1_000));
  return { id, lifetime, cookies: [transactionCookie(issuer, id).set(secret, lifetime)] };
}
