import type { TSTupleElement, TSType } from 'oxc-parser';
import { code } from '../markdown/markdown.ts';
import { referencedName, resolve, type TypeIn } from './members.ts';
import { textOf } from './source-file.ts';

/** Types of which the name, or the declaration, says less than a few words. */
const WORDS: Readonly<Record<string, string>> = {
  Instant: 'milliseconds since 1970',
  Seconds: 'seconds',
  Milliseconds: 'milliseconds',
  StatementAlgorithm: 'algorithm such as `ES256`',
  string: 'text',
  number: 'number',
  boolean: '`true` or `false`',
};

/** A type in words: `text`, `list of text`, `"a"` or `"b"`. */
export function valueWords({ type, file }: TypeIn): string {
  const name = referencedName(type);
  const known = WORDS[name ?? textOf(file, type)];
  if (known !== undefined) return known;
  if (type.type === 'TSLiteralType' && type.literal.type === 'Literal') {
    return code(JSON.stringify(type.literal.value));
  }
  if (type.type === 'TSUnionType') {
    return [...new Set(type.types.map((one) => valueWords({ type: one, file })))].join(' or ');
  }
  const element = elementOf(type);
  if (element !== undefined) return `list of ${valueWords({ type: element, file })}`;
  const found = name === undefined ? undefined : resolve(file, name);
  return found?.kind === 'alias' ? valueWords(found) : 'object';
}

/** What a list consists of. `undefined` if the type is no list. */
export function elementOf(type: TSType): TSType | undefined {
  if (type.type === 'TSArrayType') return type.elementType;
  if (type.type === 'TSTupleType') return type.elementTypes.find(isPlain);
  return type.type === 'TSTypeOperator' && type.operator === 'readonly'
    ? elementOf(type.typeAnnotation)
    : undefined;
}

const isPlain = (element: TSTupleElement): element is TSType =>
  element.type !== 'TSNamedTupleMember' && element.type !== 'TSRestType' && element.type !== 'TSOptionalType';
