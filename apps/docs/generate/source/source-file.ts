import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type Comment,
  type Node,
  parseSync,
  type Statement,
  type TSInterfaceDeclaration,
  type TSTypeAliasDeclaration,
} from 'oxc-parser';
import { type DocComment, readDocComment } from './doc-comment.ts';

/** An interface or a type in a file. */
export type Declaration = TSInterfaceDeclaration | TSTypeAliasDeclaration;

/** A parsed file. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly declarations: ReadonlyMap<string, { readonly node: Declaration; readonly start: number }>;
  /** Names that come from other files of the package: the path, and the name there. */
  readonly imports: ReadonlyMap<string, { readonly path: string; readonly name: string }>;
  readonly body: readonly Statement[];
  readonly comments: readonly Comment[];
}

const read = new Map<string, SourceFile>();

/** Parses a TypeScript file, once. @throws Error if it is not TypeScript */
export function readSource(path: string): SourceFile {
  const known = read.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(path, 'utf8');
  const { program, errors, comments } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const file: SourceFile = {
    path,
    text,
    declarations: new Map(program.body.flatMap(declarationsIn)),
    imports: new Map(program.body.flatMap((statement) => importsIn(statement, path))),
    body: program.body,
    comments,
  };
  read.set(path, file);
  return file;
}

function declarationsIn(statement: Statement) {
  const node = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  return node?.type === 'TSInterfaceDeclaration' || node?.type === 'TSTypeAliasDeclaration'
    ? [[node.id.name, { node, start: statement.start }] as const]
    : [];
}

function importsIn(statement: Statement, path: string) {
  if (statement.type !== 'ImportDeclaration' || !statement.source.value.startsWith('.')) return [];
  const target = join(dirname(path), statement.source.value);
  if (!existsSync(target)) return [];
  return statement.specifiers.flatMap((specifier) =>
    specifier.type === 'ImportSpecifier' && specifier.imported.type === 'Identifier'
      ? [[specifier.local.name, { path: target, name: specifier.imported.name }] as const]
      : [],
  );
}

/** The doc comment directly before a place. Only spaces and `|` may be between. */
export function docBefore({ text, comments }: SourceFile, start: number): DocComment | undefined {
  const comment = comments.findLast((one) => one.end <= start);
  if (comment?.type !== 'Block' || !comment.value.startsWith('*')) return undefined;
  return /^[\s|]*$/.test(text.slice(comment.end, start)) ? readDocComment(comment.value) : undefined;
}

/** The text of a node, on one line. */
export const textOf = ({ text }: SourceFile, { start, end }: Pick<Node, 'start' | 'end'>): string =>
  text.slice(start, end).replaceAll(/\s+/g, ' ');
