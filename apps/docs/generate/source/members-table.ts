import { code, prose, table } from '../markdown/markdown.ts';
import type { Member } from './members.ts';
import { valueWords } from './value-words.ts';

/** The members of an interface: name, type and description of each. */
export const membersTable = (members: readonly Member[]): string =>
  table(
    ['member', 'meaning'],
    members.map((member) => [
      `${code(member.name)}${member.isOptional ? ', optional' : ''}`,
      [
        prose(member.doc?.text ?? ''),
        member.doc?.byDefault === undefined ? '' : `Default: ${defaultWords(member.doc.byDefault)}.`,
        `(${valueWords(member)})`,
      ]
        .filter((part) => part !== '')
        .join(' '),
    ]),
  );

const defaultWords = (text: string): string => (/^[[\d"]/.test(text) ? code(text) : prose(text));
