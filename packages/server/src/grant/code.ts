import { hmac, sha256 } from '../web/digest.ts';

/**
 * The code of an interaction. It follows from the secret that only the person's browser holds, so that a reload
 * or a double click meets the same code and never a second one.
 */
export const codeFor = (browserSecret: string, interactionId: string): Promise<string> =>
  hmac(browserSecret, `code:${interactionId}`);

/** The key under which a code is kept. */
export const codeKey = (code: string): Promise<string> => sha256(`code:${code}`);

/**
 * The id of the grant that a code opens. It follows from the code, so that a code that comes back after its use
 * still tells which grant to end.
 */
export const grantIdFor = (code: string): Promise<string> => sha256(`grant:${code}`);
