import type { Reply, RequestInfo } from '@vestibule/http';
import type { Decision, Interaction } from '../authorization-request/interaction.ts';
import { commitRecorded } from '../context/commit-recorded.ts';
import { type AuditContext, eventOf } from '../context/record.ts';
import type { AuthorizationError } from '../errors/authorization-error.ts';
import { seeOther } from '../pages/page-response.ts';
import type { CommitChanges } from '../ports/commit.ts';
import { interactionPage } from '../web/place.ts';

/** Ends an interaction with an error for the client, unless it was decided before, and leads to its response. */
export async function decideRefused(
  context: AuditContext & { readonly issuer: string; readonly commit: CommitChanges },
  info: RequestInfo,
  { realm, id, request: { clientId } }: Interaction,
  { error, description, gate, rule }: AuthorizationError,
): Promise<Reply> {
  const decision: Decision = { kind: 'refused', error, description, at: context.clock() };
  const facts = {
    type: 'authorization.refused',
    clientId,
    error,
    ...(gate && { gate }),
    ...(rule && { rule }),
  } as const;
  await commitRecorded(
    context,
    [{ kind: 'interaction.decide', realm, id, decision }],
    [eventOf(context, info, facts)],
  );
  return seeOther(interactionPage(context.issuer, 'handBack', id));
}
