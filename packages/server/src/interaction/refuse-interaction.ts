import type { Pages } from '../pages/pages.ts';
import type { Realm } from '@vestibule/core/realm';
import type { Reply, RequestInfo } from '@vestibule/http';
import { type AuditContext, record } from '../context/record.ts';
import { problemResponse } from '../pages/page-response.ts';
import type { PageProblem } from '../pages/views.ts';

/** The page for an interaction that cannot continue in this browser. Recorded, because it may be an attack. */
export async function refuseInteraction(
  context: AuditContext & { readonly pages: Pages },
  info: RequestInfo,
  realm: Pick<Realm, 'name'>,
  problem: PageProblem,
): Promise<Reply> {
  await record(context, info, { type: 'transaction.refused', problem });
  return problemResponse(context.pages, realm, problem);
}
