import { parseAst } from 'vitest/node';

/** A node of an ESTree syntax tree. */
export interface Syntax {
  readonly type: string;
  readonly [member: string]: unknown;
}

/** @throws Error if the text is not TypeScript */
export const parse = (text: string, file: string): Syntax => ({ ...parseAst(text, { lang: 'ts' }, file) });

const isSyntax = (value: unknown): value is Syntax =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** One member of a node, if the node exists. */
export const part = (syntax: Syntax, member: string): Syntax | undefined => {
  const value = syntax[member];
  return isSyntax(value) ? value : undefined;
};

/** A member of a node that is a list. */
export const parts = (syntax: Syntax, member: string): readonly Syntax[] => {
  const value = syntax[member];
  return Array.isArray(value) ? value.filter(isSyntax) : [];
};

/** The children of a node, in the order of the text. */
export const within = (syntax: Syntax): readonly Syntax[] =>
  Object.keys(syntax).flatMap((member) => part(syntax, member) ?? parts(syntax, member));

/** The text of a string literal. */
export function textOf(syntax: Syntax | undefined): string | undefined {
  if (syntax?.type === 'Literal' && typeof syntax['value'] === 'string') return syntax['value'];
  if (syntax?.type !== 'TemplateLiteral' || parts(syntax, 'expressions').length > 0) return undefined;
  const [only] = parts(syntax, 'quasis');
  const value: unknown = only?.['value'];
  return typeof value === 'object' && value !== null && 'cooked' in value && typeof value.cooked === 'string'
    ? value.cooked
    : undefined;
}

/** The name of an identifier; for a member with a string as its key, that string. */
export const nameOf = (syntax: Syntax | undefined): string | undefined =>
  syntax?.type === 'Identifier' && typeof syntax['name'] === 'string' ? syntax['name'] : textOf(syntax);

/** The names that a pattern declares. */
export function namesIn(pattern: Syntax | undefined): readonly string[] {
  if (pattern === undefined) return [];
  switch (pattern.type) {
    case 'Identifier':
      return [nameOf(pattern) ?? ''];
    case 'AssignmentPattern':
      return namesIn(part(pattern, 'left'));
    case 'Property':
      return namesIn(part(pattern, 'value'));
    default:
      return within(pattern).flatMap(namesIn);
  }
}
