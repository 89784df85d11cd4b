import {
  allowsPerson,
  askGates,
  type Client,
  type ExpiredClient,
  type Instant,
  isExpired,
  type Memberships,
  redirectTarget,
  sameResource,
} from '@vestibule/core';
import type { ClientRules } from '@vestibule/core/policy';
import { type Api, type Realm, vendorsOf } from '@vestibule/core/realm';
import {
  type AuthorizationError,
  CONSENT_REQUIRED,
  LOGIN_REQUIRED,
  PERSON_NOT_ALLOWED,
} from '../errors/authorization-error.ts';
import type { LocalizedClient } from '../client/localized-client.ts';
import type { ClientUnderWay } from '../client/client-under-way.ts';
import { approvedDocument, compareIdentity } from '../client/approved-document.ts';
import { methodAtApproval } from '../client/bound-method.ts';
import { hasManyInstalls } from '../client/has-many-installs.ts';
import { gateError } from '../errors/gate-error.ts';
import { targetOf } from '../grant/target-of.ts';
import type { ApprovedDocument } from '../records/displayed-client.ts';
import type { BoundMethod, Grant } from '../records/grant.ts';
import { isRecent } from '../person/is-recent-authentication.ts';
import type { Session } from '../records/session.ts';
import type { Decision, Interaction } from '../authorization-request/interaction.ts';
import { type RememberedConsent, rememberedConsent } from './remembered-consent.ts';

export interface ConsentQuestion {
  readonly interaction: Interaction;
  /** The current ones, not those from the beginning of the interaction. */
  readonly realm: Realm;
  readonly underWay: ClientUnderWay;
  /** Absent if no person is signed in in this browser. */
  readonly session: DecidingSession | undefined;
  /** The current groups of that person. Not needed if the API allows every person. */
  readonly memberships: Memberships | undefined;
  /** The person's existing grants of this client. */
  readonly grants: readonly Pick<Grant, 'resource' | 'scopes' | 'endsAt' | 'displayed'>[];
  /** Whether the person has submitted the form. Nothing else counts as a decision then. */
  readonly isAnswered: boolean;
  readonly clientRules: ClientRules;
  /** The tokens of the API come from a provider: its code is stored later, and consent is asked every time. @default false */
  readonly isIssuedByProvider?: boolean;
}

/** Of the session of the person who decides: who they are, and how they authenticated. */
export type DecidingSession = Pick<Session, 'hash' | 'person' | 'authentication'>;

/** What is missing between an interaction and the person's decision. */
export type ConsentStep =
  /** It was decided before: only the response is left. */
  | { readonly kind: 'hand-back'; readonly decision: Decision }
  | ({ readonly kind: 'problem' } & Pick<ClientUnderWay & { readonly ok: false }, 'problem' | 'app'>)
  /** A gate was closed since the beginning, or a person would have to be asked and may not be. */
  | { readonly kind: 'refuse'; readonly error: AuthorizationError }
  | { readonly kind: 'sign-in' }
  | NotAllowedCase
  | RememberedCase
  | ConsentCase;

/** The person may not let apps use this API, and can only go back or use another account. */
export interface NotAllowedCase {
  readonly kind: 'not-allowed';
  readonly client: LocalizedClient;
  readonly api: Api;
  readonly session: DecidingSession;
}

/** What an approval is made with. */
interface ApprovalCase {
  readonly session: DecidingSession;
  /** The client, if it can get its code at once. Absent: it has to be reactivated or restored, or the provider issues tokens before. */
  readonly ready: Client | undefined;
  /** The method that the grant is bound to. */
  readonly bound: BoundMethod | undefined;
}

/** Everything that the person decides about. */
export interface ConsentCase extends ApprovalCase {
  readonly kind: 'ask';
  readonly realm: Realm;
  /** The client without what depends on this person. */
  readonly known: Client | ExpiredClient;
  readonly client: LocalizedClient;
  /** The document of the client. Absent if it has none. */
  readonly document?: ApprovedDocument;
  readonly asleepSince?: Instant;
  readonly api: Api;
  /** The requested scopes that the client does not have yet. */
  readonly scopes: readonly string[];
  /** What the client already has at this API, requested now or not. */
  readonly held: readonly string[];
}

/** The person allowed all of it before, and an operator does not want them to be asked again. */
export interface RememberedCase extends ApprovalCase, RememberedConsent {
  readonly kind: 'remembered';
  readonly client: LocalizedClient;
  readonly scopes: readonly string[];
}

/** Judges the state of an interaction, before the page is displayed and again before a decision is accepted. */
export function decideConsent({
  interaction,
  realm,
  underWay,
  session,
  memberships,
  grants,
  isAnswered,
  clientRules,
  isIssuedByProvider = false,
}: ConsentQuestion): ConsentStep {
  const { decision } = interaction;
  if (decision !== undefined) return { kind: 'hand-back', decision };
  if (!underWay.ok) return { kind: 'problem', problem: underWay.problem, app: underWay.app };
  const { known, client, standing } = underWay;
  const { resource, scopes: requested } = interaction.request;
  const gates = askGates({ realm, client, resource, requested });
  if (!gates.open) {
    return { kind: 'refuse', error: gateError(gates.gate, { resource, scope: requested.join(' ') }) };
  }
  const isSilent = interaction.request.interaction?.prompts.includes('none') === true;
  if (session === undefined || !isRecent(session.authentication, interaction)) {
    return isSilent ? { kind: 'refuse', error: LOGIN_REQUIRED } : { kind: 'sign-in' };
  }
  if (!allowsPerson(gates.api, memberships)) {
    return isSilent
      ? { kind: 'refuse', error: PERSON_NOT_ALLOWED }
      : { kind: 'not-allowed', client, api: gates.api, session };
  }
  const isReady = standing.kind === 'good' && !isIssuedByProvider;
  const ready = isReady && !isExpired(known) ? known : undefined;
  const bound = methodAtApproval(known, interaction.request.clientMethod);
  const remembered = isIssuedByProvider
    ? undefined
    : rememberedConsent(
        client,
        interaction.request,
        gates.scopes,
        grants,
        vendorsOf(realm, clientRules.vendors),
      );
  if (remembered !== undefined && !isAnswered) {
    return { kind: 'remembered', client, ...remembered, scopes: gates.scopes, session, ready, bound };
  }
  if (isSilent) return { kind: 'refuse', error: CONSENT_REQUIRED };
  const document = approvedDocument(known);
  const ofSameClient = grants.filter(({ displayed }) => compareIdentity(document, displayed) === 'same');
  const held = heldScopes(realm, client, gates.api, grantsOfInstall(client, interaction, ofSameClient));
  const asleep = standing.kind === 'asleep' && { asleepSince: standing.since };
  return {
    kind: 'ask',
    realm,
    known,
    client,
    ...(document !== undefined && { document }),
    ...asleep,
    api: gates.api,
    scopes: gates.scopes.filter((name) => !held.includes(name)),
    held,
    session,
    ready,
    bound,
  };
}

/** The grants of the install that asks: of a client with many, only those whose responses went where this one will go. */
function grantsOfInstall(
  client: LocalizedClient,
  { request: { redirectUri } }: Interaction,
  grants: ConsentQuestion['grants'],
): ConsentQuestion['grants'] {
  const target = redirectTarget(redirectUri);
  return hasManyInstalls(client) ? grants.filter((grant) => targetOf(grant) === target) : grants;
}

/** The scopes that a client has at an API, as far as the gates still allow them. */
function heldScopes(
  realm: Realm,
  client: LocalizedClient,
  { resource }: Api,
  grants: ConsentQuestion['grants'],
): readonly string[] {
  const granted = grants.filter((grant) => sameResource(grant.resource, resource));
  const requested = [...new Set(granted.flatMap(({ scopes }) => scopes))];
  const gates = askGates({ realm, client, resource, requested });
  return gates.open ? gates.scopes : [];
}
