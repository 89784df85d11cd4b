import { hmac, sha256 } from '../web/digest.ts';

/**
 * The code of an interaction. It is derived from the secret of the person's browser, so that a reload or a double click
 * results in the same code and never in a second one.
 */
export const codeFor = (browserSecret: string, interactionId: string): string =>
  hmac(browserSecret, `code:${interactionId}`);

/** The key under which a code is stored. */
export const codeKey = (code: string): string => sha256(`code:${code}`);

/**
 * The id of the grant that a code opens. It is derived from the code, so that a replayed code still identifies the grant to
 * end.
 */
export const grantIdFor = (code: string): string => sha256(`grant:${code}`);
