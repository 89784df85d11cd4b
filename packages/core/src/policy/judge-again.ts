import { type Client, isSelfRegistered, registrationOf } from '../client/client.ts';
import type { Realm } from '../realm/realm.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { toMetadata } from '../registration/respond.ts';
import { statementIssuerOf } from '../software-statement/voucher.ts';
import { quote } from '../text/quote.ts';
import type { Vendor } from '../brand/vendor.ts';
import { documentHostOf } from '../client/document-host.ts';
import { policyContextOf } from './context.ts';
import { dynamicClientPolicy } from './dynamic-client-policy.ts';
import { judgeRegistration } from './judge-registration.ts';
import type { Rule } from './rule.ts';

/** How self-registered clients are judged: when they become known, and again when they return. */
export interface ClientRules {
  /** @default {@link dynamicClientPolicy} */
  readonly policy?: Rule;
  /** The directory of vendors; each realm may add some. @default [] */
  readonly vendors?: readonly Vendor[];
}

/**
 * The refusal of a self-registered client that was accepted earlier, if the current policy does not accept it. A client that
 * would be accepted with fewer values is refused as well, because it would keep what new clients cannot get, for example a
 * redirect URI. Its software statement is not verified again: it was valid at the registration, which is enough while the
 * realm still trusts its issuer. A pre-registered client is never refused: an operator has decided about it.
 */
export function judgeAgain(
  client: Client,
  realm: Realm,
  { policy = dynamicClientPolicy, vendors = [] }: ClientRules = {},
): Refusal | undefined {
  if (!isSelfRegistered(client)) return undefined;
  const { software_statement: _statement, ...metadata } = toMetadata(client);
  const vouched = statementIssuerOf(client, realm) !== undefined;
  const context = policyContextOf(realm, {
    vendors,
    vouched,
    bounds: registrationOf(client).bounds,
    documentHost: documentHostOf(client),
  });
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
