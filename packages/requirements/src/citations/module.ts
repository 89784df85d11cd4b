import { dirname, resolve as resolvePath } from 'node:path';
import { type Binding, declare, exportsOf, type Scope } from './scope.ts';
import { parse, part, parts, type Syntax, textOf } from './syntax.ts';

/** A file of a program. */
export interface Module {
  readonly scope: Scope;
  readonly statements: readonly Syntax[];
  /** The files that it imports, but for packages and for types. */
  readonly imports: readonly string[];
  /** What it has for others, by the name that they know it by. */
  readonly exports: ReadonlyMap<string, Binding>;
}

/** @throws Error where the text is no TypeScript */
export function readModule(file: string, text: string): Module {
  const statements = parts(parse(text, file), 'body');
  const scope: Scope = { file, names: new Map() };
  declare(scope, statements);
  const imports = statements
    .filter((statement) => statement['importKind'] !== 'type')
    .map((statement) => fileOf(file, textOf(part(statement, 'source')) ?? ''))
    .filter((imported) => imported !== undefined);
  return { scope, statements, imports, exports: exportsOf(scope, statements) };
}

/** The file that an import leads to; `undefined` where it is a package. */
export const fileOf = (importer: string, from: string): string | undefined =>
  from.startsWith('.') ? resolvePath(dirname(importer), from) : undefined;
