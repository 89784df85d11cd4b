import { askGates } from '@vestibule/core';
import type { Api, Realm } from '@vestibule/core/realm';
import { errors } from 'oidc-provider';
import type { BridgeContext } from '../bridge-context.ts';
import { type CurrentClient, findCurrent } from '../client/current-client.ts';
import { gateRefusal } from './gate-refusal.ts';

/** What the gates allow a client at the moment. */
export interface Allowed {
  readonly realm: Realm;
  readonly client: CurrentClient['client'];
  readonly api: Api;
  readonly scopes: readonly string[];
}

/** A question to the gates about a client of oidc-provider. */
export interface Asked {
  readonly clientId: string;
  readonly resource: string;
  /** The requested scopes. Absent, or an empty list: all available ones. */
  readonly requested?: readonly string[];
  /** Whether a person began in time to decide about this client. @default false */
  readonly isInteraction?: boolean;
}

/**
 * Asks the three gates, with the client and the realm as they are now.
 *
 * @throws an error of oidc-provider that names the closed gate
 */
export async function requireGates(context: BridgeContext, asked: Asked): Promise<Allowed> {
  const { clientId, resource, requested = [], isInteraction = false } = asked;
  const current = await findCurrent(context, clientId, isInteraction);
  if (current === undefined) throw new errors.InvalidClient('client is invalid', 'client not found');
  const { realm, client } = current;
  const verdict = askGates({ realm, client, resource, ...(requested.length > 0 && { requested }) });
  if (!verdict.open) throw gateRefusal(verdict.gate, resource, requested.join(' '));
  return { realm, client, api: verdict.api, scopes: verdict.scopes };
}
