import * as z from 'zod';
import { judgeClientIdUrl } from '../../client/client-id-url.ts';

/** The URL of a metadata document. It is compared as it is, so one that cannot be a `client_id` would have no effect. */
export const documentUrl = (): z.ZodString =>
  z.string().superRefine((url, context) => {
    const judged = judgeClientIdUrl(url);
    if (judged.ok) return;
    const message = `must be the URL of a document: ${judged.refusal.description}`;
    context.addIssue({ code: 'custom', message });
  });
