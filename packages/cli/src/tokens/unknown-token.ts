import { Refused } from '@vestibule/database';
import { quoted } from '../output/harmless.ts';

/** The error for an id that no initial access token of the realm has. */
export const unknownToken = (realm: string, id: string): Refused =>
  new Refused(
    isToken(id)
      ? 'This is a token, not the id of a token. Pass its id, which vestibule tokens list prints.'
      : `The realm ${realm} has no initial access token ${quoted(id)}.`,
  );

/** Whether a text is a token instead of an id. Messages do not repeat it. */
const isToken = (text: string): boolean => text.startsWith('vit_');
