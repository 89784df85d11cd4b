import { code, prose, table } from '../markdown/markdown.ts';
import { literalsOf, type Member } from './members.ts';
import { valueWords } from './value-words.ts';

/** The members of an interface: name, description and type of each. */
export const membersTable = (members: readonly Member[]): string =>
  table(
    ['member', 'meaning'],
    members.map((member) => [
      `${code(member.name)}${member.isOptional ? ', optional' : ''}`,
      [
        prose(member.doc?.text ?? ''),
        member.doc?.byDefault === undefined ? '' : `Default: ${defaultWords(member.doc.byDefault)}.`,
        literalNotes(member).length > 0 ? '' : `(${valueWords(member)})`,
      ]
        .filter((part) => part !== '')
        .join(' '),
    ]),
  );

const defaultWords = (text: string): string => (/^[[\d"]/.test(text) ? code(text) : prose(text));

/** What the values of a member mean. Empty if its type does not describe them. */
export function literalNotes({
  type,
  file,
}: Member): readonly { readonly value: string; readonly text: string }[] {
  return literalsOf({ type, file }).flatMap(({ value, doc }) =>
    doc === undefined ? [] : [{ value, text: doc.text }],
  );
}
