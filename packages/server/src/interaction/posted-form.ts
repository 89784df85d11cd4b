import type { PlainRequest } from '@vestibule/http';
import { readFields } from '../web/form.ts';
import type { PageProblem } from '../pages/views.ts';
import { type InteractionContext, resumeInteraction } from './resume-interaction.ts';
import type { BoundInteraction } from '../authorization-request/interaction.ts';

export type PostedForm =
  | ({ readonly ok: true; readonly fields: URLSearchParams } & BoundInteraction)
  | { readonly ok: false; readonly problem: PageProblem };

/** Reads a posted form and its interaction. The caller still has to check its token. */
export async function readForm(context: InteractionContext, request: PlainRequest): Promise<PostedForm> {
  const fields = await readFields(request);
  if (fields === undefined) return { ok: false, problem: 'form-unreadable' };
  const resumed = await resumeInteraction(context, request, fields.get('transaction'));
  return resumed.ok ? { ...resumed, fields } : resumed;
}
