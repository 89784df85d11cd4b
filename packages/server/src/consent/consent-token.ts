import { type FormVerdict, judgeTimedToken, timedToken } from '../web/timed-token.ts';
import type { Instant } from '@vestibule/core';
import type { ConsentContents } from '../pages/views.ts';
import type { ApprovedDocument } from '../records/displayed-client.ts';

/** The consent page in one browser: what it displays, to whom, and of which client. */
export interface ConsentForm {
  readonly browserSecret: string;
  readonly contents: ConsentContents;
  /** The document of the client. Absent if it has none. */
  readonly document?: ApprovedDocument;
}

/**
 * The token of the consent form. It is bound to everything that the page displays and to the person: a form that was filled
 * in before any of it changed is refused. It is derived from the view, so nothing on the page can be missing. It is also bound to what
 * makes a client with a document the one that the person allows, of which a page displays a part: its keys, for example, are not on it.
 */
export const consentToken = (form: ConsentForm, countsFrom: Instant): string =>
  timedToken(timedForm(form), countsFrom);

export const judgeConsentToken = (form: ConsentForm, token: string | null, now: Instant): FormVerdict =>
  judgeTimedToken(timedForm(form), token, now);

const timedForm = ({ browserSecret, contents, document }: ConsentForm) => ({
  browserSecret,
  purpose: `consent:${JSON.stringify([contents, document?.identity])}`,
});
