import { type EffectiveClientMetadata, readDocument, type Refusal, type Vendor } from '@vestibule/core';
import { judgeRegistration, policyContextOf, type Rule, type TraceEntry } from '@vestibule/core/policy';
import type { Neighbour, PolicySettings, Realm } from '@vestibule/core/realm';

/** How documents are judged: by the policy of registration. */
export interface DocumentRules {
  readonly policy: Rule;
  /** The directory of vendors. */
  readonly vendors: readonly Vendor[];
}

/** The result of the policy for a document, with its trace. */
export type JudgedDocument =
  | { readonly ok: true; readonly metadata: EffectiveClientMetadata; readonly trace: readonly TraceEntry[] }
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
  if (!read.ok) {
    const { rule, description } = read.refusal;
    return { ...read, trace: [{ rule, outcome: 'refused', description }] };
  }
  const context = policyContextOf(realm, {
    vendors,
    vouched: false,
    bounds: undefined,
    documentHost: URL.parse(clientId)?.host,
    neighbours,
  });
  return judgeRegistration(read.body, policy, { ...context, settings: forDocuments(context.settings) });
}

/** The same object for the same settings, because rules prepare what they need of them once. */
function forDocuments(settings: PolicySettings): PolicySettings {
  const known = PREPARED.get(settings);
  if (known !== undefined) return known;
  const prepared: PolicySettings = { ...settings, unsupportedTypes: 'narrow' };
  PREPARED.set(settings, prepared);
  return prepared;
}

const PREPARED = new WeakMap<PolicySettings, PolicySettings>();
