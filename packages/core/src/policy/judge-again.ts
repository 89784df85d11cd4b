import type { StoredClient } from '../client/stored-client.ts';
import type { Realm } from '../realm/realm.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { toMetadata } from '../registration/respond.ts';
import { statementIssuerOf } from '../software-statement/voucher.ts';
import { quote } from '../text/quote.ts';
import type { Vendor } from '../brand/vendor.ts';
import { policyContextOf } from './context.ts';
import { judgeRegistration } from './judge-registration.ts';
import type { Rule } from './rule.ts';

/**
 * The refusal of a client that registered under an earlier policy, if the current one does not accept it. A client that
 * would be accepted with fewer values is refused as well, because it would keep what new clients cannot get, for example a
 * redirect URI. Its software statement is not verified again: it was valid at the registration, which is enough while the
 * realm still trusts its issuer.
 */
export function judgeAgain(
  client: StoredClient,
  realm: Realm,
  policy: Rule,
  vendors: readonly Vendor[],
): Refusal | undefined {
  const { software_statement: _statement, ...metadata } = toMetadata(client);
  const vouched = statementIssuerOf(client, realm) !== undefined;
  const context = policyContextOf(realm, { vendors, vouched, bounds: client.bounds });
  const judgement = judgeRegistration(metadata, policy, context);
  if (!judgement.ok) return judgement.refusal;
  const { redirect_uris, grant_types } = judgement.metadata;
  const held: readonly string[] = [...client.redirectUris, ...client.grantTypes];
  const lost = held.find((value) => ![...redirect_uris, ...grant_types].includes(value));
  if (lost === undefined) return undefined;
  const responsible = judgement.trace.find((entry) => 'from' in entry && entry.from?.includes(lost));
  const { rule } = responsible ?? { rule: policy.id };
  return refusal(
    'invalid_client_metadata',
    rule,
    `${quote(lost)} was registered and is not accepted any more`,
  );
}
