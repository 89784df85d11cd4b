import type { RequestInfo } from '@vestibule/http';
import type { Decision, Interaction } from '../authorization-request/interaction.ts';
import { type AuditContext, record } from '../context/record.ts';
import type { AuthorizationError } from '../errors/authorization-error.ts';
import { seeOther } from '../pages/page-response.ts';
import type { InteractionStore } from '../ports/interaction-store.ts';
import { interactionPage } from '../web/place.ts';

/** Ends an interaction with an error for the client, unless it was decided before, and leads to its response. */
export async function decideRefused(
  context: AuditContext & { readonly issuer: string; readonly interactions: InteractionStore },
  info: RequestInfo,
  { realm, id, request: { clientId } }: Interaction,
  { error, description, gate }: AuthorizationError,
): Promise<Response> {
  const decision: Decision = { kind: 'refused', error, description, at: context.clock() };
  const standing = await context.interactions.decide(realm, id, decision);
  if (standing?.made) {
    await record(context, info, { type: 'authorization.refused', clientId, error, ...(gate && { gate }) });
  }
  return seeOther(interactionPage(context.issuer, 'handBack', id));
}
