import { hasMediaType, readText } from '@vestibule/http';
import type { ServerContext } from '../context.ts';
import type { PageProblem } from '../pages/views.ts';
import { type BoundTransaction, resumeTransaction } from './resume.ts';

export type PostedForm =
  | ({ readonly ok: true; readonly fields: URLSearchParams } & BoundTransaction)
  | { readonly ok: false; readonly problem: PageProblem };

/** Reads a posted form and the transaction that it names. The caller still has to check its token. */
export async function readForm(context: ServerContext, request: Request): Promise<PostedForm> {
  if (!hasMediaType(request, 'application/x-www-form-urlencoded')) {
    return { ok: false, problem: 'form-unreadable' };
  }
  const body = await readText(request);
  if (!body.ok) return { ok: false, problem: 'form-unreadable' };
  const fields = new URLSearchParams(body.text);
  const resumed = await resumeTransaction(context, request, fields.get('transaction'));
  return resumed.ok ? { ...resumed, fields } : resumed;
}
