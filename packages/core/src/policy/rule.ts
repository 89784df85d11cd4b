import type { ClientMetadata } from '../metadata/client-metadata.ts';
import type { RedirectUri } from '../redirect-uri/redirect-uri.ts';
import type { Refusal, RegistrationErrorCode } from '../refusal.ts';
import { refusal } from '../refusal.ts';
import type { Neighbour } from '../realm/neighbours.ts';
import type { Scope } from '../realm/realm.ts';
import type { PolicySettings } from '../realm/registration-settings.ts';
import type { ClientBounds } from '../registration/initial-access-token.ts';
import type { Vendor } from '../brand/vendor.ts';

/** Metadata between the request and the registration. */
export interface Draft {
  readonly metadata: ClientMetadata;
  /**
   * The redirect URIs that will be registered, parsed; empty until the rule that parses them has run. From then on this list
   * counts, and the member of `metadata` stays as requested.
   */
  readonly redirectUris: readonly RedirectUri[];
}

/** What a rule can know besides the draft. */
export interface PolicyContext {
  /** The issuer that the client registers at. Absent: no redirect URI is checked against it. */
  readonly issuer?: string;
  /** The realm itself, whose names are reserved. Absent: no names are reserved for it. */
  readonly own?: Vendor;
  /** The other realms of the same server. @default [] */
  readonly neighbours?: readonly Neighbour[];
  readonly settings: PolicySettings;
  readonly scopes: readonly Scope[];
  /** Vendors whose names require proof, in addition to those of the settings. @default [] */
  readonly vendors?: readonly Vendor[];
  /** The bounds of the initial access token of this registration. */
  readonly bounds?: ClientBounds;
  /**
   * The host of the metadata document that describes the client, with its port unless it is 443. Absent: no document describes it.
   */
  readonly documentHost?: string;
  /** Whether a trusted statement issuer confirmed the name and the redirect URIs. @default false */
  readonly vouched?: boolean;
}

/** What one rule did. The trace of a policy is the source of descriptions, audit events and `preview()`. */
export type TraceEntry =
  | { readonly rule: string; readonly outcome: 'kept' }
  | {
      readonly rule: string;
      readonly outcome: 'narrowed';
      readonly from: TraceValue;
      readonly to: TraceValue;
    }
  | { readonly rule: string; readonly outcome: 'dropped'; readonly from: TraceValue }
  | { readonly rule: string; readonly outcome: 'refused'; readonly description: string };

/** The value of a member, or `undefined` if it was absent. */
export type TraceValue = string | readonly string[] | undefined;

/** What a rule makes of a draft: the next draft or a refusal, with the trace up to there. */
export type Verdict =
  | { readonly ok: true; readonly draft: Draft; readonly trace: readonly TraceEntry[] }
  | { readonly ok: false; readonly refusal: Refusal; readonly trace: readonly TraceEntry[] };

/** A pure reducer of the draft. A policy is a list of rules and is itself a rule. */
export interface Rule {
  /** Stable: `redirect-uris.count`. Part of the public surface, like an error code. */
  readonly id: string;
  /** The source of the rule: `RFC 7591 §2`. */
  readonly source: string;
  apply(draft: Draft, context: PolicyContext): Verdict;
}

/** What a rule about one member returns; {@link defineRule} creates the trace from it. */
export type Judgement =
  | { readonly outcome: 'kept'; readonly draft?: Draft }
  | {
      readonly outcome: 'narrowed';
      readonly draft: Draft;
      readonly from: TraceValue;
      readonly to: TraceValue;
    }
  | { readonly outcome: 'dropped'; readonly draft: Draft; readonly from: TraceValue }
  | {
      readonly outcome: 'refused';
      readonly code: RegistrationErrorCode;
      readonly description: string;
      /** A more specific id than the one of the rule. */
      readonly rule?: string;
    };

/**
 * Creates a rule from a judgement.
 *
 * @param id names the rule in traces, events and error descriptions
 * @param source where the rule comes from: a section of a specification, or a policy of yours
 * @example
 * ```ts
 * import { defineRule } from '@vestibule/core/policy';
 *
 * const httpsOnly = defineRule('acme.https-only', 'Acme policy 7', (draft) =>
 *   draft.redirectUris.every(({ kind }) => kind === 'https')
 *     ? { outcome: 'kept' }
 *     : {
 *         outcome: 'refused',
 *         code: 'invalid_redirect_uri',
 *         description: 'redirect_uris must be https URLs',
 *       },
 * );
 * ```
 */
export function defineRule(
  id: string,
  source: string,
  judge: (draft: Draft, context: PolicyContext) => Judgement,
): Rule {
  const trace: readonly TraceEntry[] = [{ rule: id, outcome: 'kept' }];
  return {
    id,
    source,
    apply(draft, context) {
      const judgement = judge(draft, context);
      // Most rules keep what they are given, so their trace is made once.
      return judgement.outcome === 'kept'
        ? { ok: true, draft: judgement.draft ?? draft, trace }
        : toVerdict(id, judgement);
    },
  };
}

function toVerdict(id: string, judgement: Exclude<Judgement, { readonly outcome: 'kept' }>): Verdict {
  switch (judgement.outcome) {
    case 'narrowed': {
      const { from, to } = judgement;
      return { ok: true, draft: judgement.draft, trace: [{ rule: id, outcome: 'narrowed', from, to }] };
    }
    case 'dropped':
      return {
        ok: true,
        draft: judgement.draft,
        trace: [{ rule: id, outcome: 'dropped', from: judgement.from }],
      };
    case 'refused': {
      const { code, description, rule = id } = judgement;
      return {
        ok: false,
        refusal: refusal(code, rule, description),
        trace: [{ rule, outcome: 'refused', description }],
      };
    }
  }
}

export const kept: Judgement = { outcome: 'kept' };

/** The draft with some members set. */
export function withMetadata(draft: Draft, members: ClientMetadata): Draft {
  return { ...draft, metadata: { ...draft.metadata, ...members } };
}

/** The draft without one member. */
export function withoutMember(draft: Draft, member: keyof ClientMetadata): Draft {
  const { [member]: _removed, ...metadata } = draft.metadata;
  return { ...draft, metadata };
}
