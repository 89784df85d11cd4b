import * as z from 'zod';
import { judgeClientIdUrl } from '../../client/client-id-url.ts';
import { readDocument } from '../../client/read-document.ts';
import { quoteConfigured } from '../../text/quote.ts';
import type { DocumentSnapshot } from '../metadata-document-settings.ts';
import { instant } from './values.ts';

/** The most snapshots of a realm, and the longest of their documents as JSON: a realm is read for each request. */
const MOST_SNAPSHOTS = 20;
const LONGEST_DOCUMENT = 5_120;

const document = () =>
  z.record(z.string(), z.unknown()).superRefine((value, context) => {
    const problem = documentProblem(value);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  });

/** What is wrong with a document before the policy judges it, which depends on the other settings. */
function documentProblem(value: Readonly<Record<string, unknown>>): string | undefined {
  const { client_id: clientId } = value;
  if (typeof clientId !== 'string') return 'must have a client_id: its own URL';
  const judged = judgeClientIdUrl(clientId);
  if (!judged.ok) return `must have its own URL as client_id: ${judged.refusal.description}`;
  const read = readDocument(clientId, value);
  if (!read.ok) return `of ${quoteConfigured(clientId)} is not acceptable: ${read.refusal.description}`;
  return JSON.stringify(value).length > LONGEST_DOCUMENT
    ? `of ${quoteConfigured(clientId)} must have at most ${LONGEST_DOCUMENT} characters as JSON`
    : undefined;
}

const snapshot = (): z.ZodType<DocumentSnapshot> =>
  z.strictObject({
    document: document(),
    takenAt: instant().exactOptional(),
  } satisfies Record<keyof DocumentSnapshot, z.ZodType>);

/** Copies of documents, one for each URL. */
export const snapshots = (): z.ZodType<DocumentSnapshot[]> =>
  z
    .array(snapshot())
    .max(MOST_SNAPSHOTS)
    .superRefine((all, context) => {
      const ids = all.map(({ document: { client_id: clientId } }) => clientId);
      for (const [index, clientId] of ids.entries()) {
        if (ids.indexOf(clientId) === index) continue;
        const message = `is the second snapshot of ${quoteConfigured(String(clientId))}`;
        context.addIssue({ code: 'custom', path: [index, 'document'], message });
      }
    });
