import { checkOptions } from '../options/check-options.ts';
import { actContext } from './act-context.ts';
import { type ApiActs, apiActs } from './api-acts.ts';
import { type ApplyActs, applyActs } from './apply-acts.ts';
import { type ClientActs, clientActs } from './client-acts.ts';
import { type GateActs, gateActs } from './gate-acts.ts';
import { type GrantActs, grantActs } from './grant-acts.ts';
import { type KeyActs, keyActs } from './key-acts.ts';
import { OPERATOR_OPTIONS, type OperatorOptions } from './operator-options.ts';
import { type PersonActs, personActs } from './person-acts.ts';
import { type RealmActs, realmActs } from './realm-acts.ts';
import { type ScopeActs, scopeActs } from './scope-acts.ts';
import { type SettingsActs, settingsActs } from './settings-acts.ts';
import { type SnapshotActs, snapshotActs } from './snapshot-acts.ts';
import { type TokenActs, tokenActs } from './token-acts.ts';

/**
 * Everything that an operator can do, by resource. Each act takes an actor and records an audit event with it. The caller
 * authenticates the actor and checks that the act is allowed.
 */
export interface Operator {
  readonly gates: GateActs;
  readonly clients: ClientActs;
  readonly tokens: TokenActs;
  readonly apis: ApiActs;
  readonly keys: KeyActs;
  readonly settings: SettingsActs;
  readonly snapshots: SnapshotActs;
  readonly people: PersonActs;
  readonly grants: GrantActs;
  readonly scopes: ScopeActs;
  readonly realms: RealmActs;
  readonly documents: ApplyActs;
}

/**
 * The options may have other members, so that all stores can be spread into them.
 *
 * @throws TypeError that names each option that is missing or has the wrong type
 */
export function createOperator(options: OperatorOptions): Operator {
  checkOptions('createOperator', options, OPERATOR_OPTIONS, { others: 'allowed' });
  const context = actContext(options);
  const grants = grantActs(context);
  const acts = {
    gates: gateActs(context),
    clients: clientActs(context),
    tokens: tokenActs(context),
    apis: apiActs(context),
    scopes: scopeActs(context),
    realms: realmActs(context),
    keys: keyActs(context),
    settings: settingsActs(context),
    snapshots: snapshotActs(context),
    people: personActs({ ...context, ofGrants: grants }),
    grants,
  };
  return { ...acts, documents: applyActs(context, acts) };
}
