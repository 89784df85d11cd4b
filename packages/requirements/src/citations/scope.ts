import { nameOf, namesIn, part, parts, type Syntax, textOf } from './syntax.ts';

/** What a name stands for. */
export type Binding =
  | { readonly kind: 'import'; readonly from: string; readonly name: string }
  | { readonly kind: 'code'; readonly code: Syntax; readonly scope: Scope }
  /** Something that only the running program knows. */
  | { readonly kind: 'unknown' };

/** The names that a part of a program has, and the part around it. */
export interface Scope {
  readonly file: string;
  readonly names: Map<string, Binding>;
  readonly around?: Scope;
}

export const innerScope = (around: Scope): Scope => ({ file: around.file, names: new Map(), around });

export const resolve = (scope: Scope | undefined, name: string): Binding | undefined =>
  scope && (scope.names.get(name) ?? resolve(scope.around, name));

/** Gives all names of a pattern one meaning. */
export function bind(scope: Scope, pattern: Syntax | undefined, code?: Syntax): void {
  const binding: Binding = code === undefined ? { kind: 'unknown' } : { kind: 'code', code, scope };
  for (const name of namesIn(pattern)) scope.names.set(name, binding);
}

/** Takes in what the statements of a block declare, before any of them is looked at: names may be used above. */
export function declare(scope: Scope, statements: readonly Syntax[]): void {
  for (const statement of statements) {
    switch (statement.type) {
      case 'ImportDeclaration':
        declareImports(scope, statement);
        break;
      case 'VariableDeclaration':
        for (const one of parts(statement, 'declarations')) {
          bind(scope, part(one, 'id'), part(one, 'init'));
        }
        break;
      case 'FunctionDeclaration':
      case 'ClassDeclaration':
        bind(scope, part(statement, 'id'), statement);
        break;
      case 'ExportNamedDeclaration': {
        const declaration = part(statement, 'declaration');
        if (declaration !== undefined) declare(scope, [declaration]);
        break;
      }
    }
  }
}

function declareImports(scope: Scope, statement: Syntax): void {
  const from = textOf(part(statement, 'source')) ?? '';
  for (const specifier of parts(statement, 'specifiers')) {
    const name = nameOf(part(specifier, 'imported')) ?? specifier.type;
    scope.names.set(nameOf(part(specifier, 'local')) ?? '', { kind: 'import', from, name });
  }
}

/** What a module has for others, by the name that they know it by. */
export function exportsOf(scope: Scope, statements: readonly Syntax[]): ReadonlyMap<string, Binding> {
  const exported = new Map<string, Binding>();
  for (const statement of statements) {
    if (statement.type !== 'ExportNamedDeclaration') continue;
    const own: Scope = { file: scope.file, names: new Map() };
    declare(own, [statement]);
    for (const name of own.names.keys()) exported.set(name, resolve(scope, name) ?? { kind: 'unknown' });
    const from = textOf(part(statement, 'source'));
    for (const specifier of parts(statement, 'specifiers')) {
      const name = nameOf(part(specifier, 'local')) ?? '';
      const binding = from === undefined ? resolve(scope, name) : ({ kind: 'import', from, name } as const);
      if (binding !== undefined) exported.set(nameOf(part(specifier, 'exported')) ?? '', binding);
    }
  }
  return exported;
}
