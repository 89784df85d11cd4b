import { quoted } from '../output/harmless.ts';
import { Refused } from '../errors/refused.ts';

/** There is no initial access token of this id. */
export const noSuchToken = (realm: string, id: string): Refused =>
  new Refused(
    isToken(id)
      ? 'That looks like a token itself. What is asked for is its id, as tokens list has it.'
      : `There is no initial access token ${quoted(id)} in the realm ${realm}.`,
  );

/** Whether somebody gave a token in the place of its id; it is not repeated. */
const isToken = (text: string): boolean => text.startsWith('vit_');
