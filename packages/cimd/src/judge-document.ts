import {
  type DocumentAuthentication,
  type EffectiveClientMetadata,
  readDocument,
  type Refusal,
  refusal,
  type Vendor,
} from '@vestibule/core';
import { judgeRegistration, policyContextOf, type Rule, type TraceEntry } from '@vestibule/core/policy';
import { isAtIssuer, type Neighbour, type PolicySettings, type Realm } from '@vestibule/core/realm';

/** How documents are judged: by the policy of registration. */
export interface DocumentRules {
  readonly policy: Rule;
  /** The directory of vendors. */
  readonly vendors: readonly Vendor[];
}

/** The result of the policy for a document, with its trace. */
export type JudgedDocument =
  | {
      readonly ok: true;
      readonly metadata: EffectiveClientMetadata;
      readonly authentication: DocumentAuthentication;
      readonly trace: readonly TraceEntry[];
    }
  | { readonly ok: false; readonly refusal: Refusal; readonly trace: readonly TraceEntry[] };

/**
 * Judges a document as the body of a registration request would be. What it names beyond what this server supports is left out,
 * because one document is for all servers.
 *
 * @param clientId the URL that it was fetched from
 */
export function judgeDocument(
  clientId: string,
  document: unknown,
  realm: Realm,
  { policy, vendors }: DocumentRules,
  neighbours: readonly Neighbour[] = [],
): JudgedDocument {
  const read = readDocument(clientId, document);
  if (!read.ok) return refused(read.refusal);
  const { jwksUri } = read.authentication.accepts === 'none' ? {} : read.authentication.keys;
  if (jwksUri !== undefined && [realm, ...neighbours].some(({ issuer }) => isAtIssuer(issuer, jwksUri))) {
    return refused(KEYS_HERE);
  }
  const context = policyContextOf(realm, {
    vendors,
    vouched: false,
    bounds: undefined,
    documentHost: URL.parse(clientId)?.host,
    neighbours,
  });
  const settings = forDocuments(context.settings);
  const judged = judgeRegistration(read.body, policy, { ...context, settings });
  return judged.ok ? { ...judged, authentication: read.authentication } : judged;
}

const refused = (because: Refusal): JudgedDocument => ({
  ok: false,
  refusal: because,
  trace: [{ rule: because.rule, outcome: 'refused', description: because.description }],
});

/** To fetch keys from a realm of this server for a stranger would be a request with its own address. */
const KEYS_HERE = refusal('invalid_client_metadata', 'document.keys', 'jwks_uri must not be at this server');

/** The same object for the same settings, because rules prepare what they need of them once. */
function forDocuments(settings: PolicySettings): PolicySettings {
  const known = PREPARED.get(settings);
  if (known !== undefined) return known;
  const prepared: PolicySettings = { ...settings, unsupportedTypes: 'narrow' };
  PREPARED.set(settings, prepared);
  return prepared;
}

const PREPARED = new WeakMap<PolicySettings, PolicySettings>();
