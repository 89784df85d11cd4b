import type { RequirementId } from '../requirements.ts';
import { citationOf } from './citation.ts';
import { fileOf, type Module, readModule } from './module.ts';
import { registrationOf } from './registration.ts';
import { bind, type Binding, declare, innerScope, resolve, type Scope } from './scope.ts';
import { nameOf, part, parts, type Syntax, within } from './syntax.ts';

export interface Citations {
  /** Each requirement that a test shows which runs, with the files of such tests. */
  readonly cited: ReadonlyMap<RequirementId, ReadonlySet<string>>;
  /** Files and citations that cannot be read. */
  readonly problems: readonly string[];
}

/**
 * Finds what tests cite. A citation counts in the title of a test that runs, in that of a group with such a test, and in
 * a table that such a title is filled from, wherever the table stands. Where that cannot be told from the text it does
 * not count.
 *
 * @param files the files that Vitest runs
 * @param read the text of a file, `undefined` where there is no such file
 */
export function collectCitations(
  files: readonly string[],
  read: (file: string) => string | undefined,
): Citations {
  const cited = new Map<RequirementId, Set<string>>();
  const problems = new Set<string>();
  const modules = new Map<string, Module | undefined>();
  const seen = { counting: new Set<Syntax>(), passing: new Set<Syntax>() };
  const tests = { running: 0, other: 0 };

  /** Looks through a file and all that it imports, once. */
  function load(file: string): Module | undefined {
    if (modules.has(file)) return modules.get(file);
    const module = open(file);
    modules.set(file, module);
    for (const imported of module?.imports ?? []) load(imported);
    if (module !== undefined) visitAll(module.statements, module.scope, false);
    return module;
  }

  function open(file: string): Module | undefined {
    const text = read(file);
    try {
      return text === undefined ? undefined : readModule(file, text);
    } catch (error) {
      problems.add(`${file} is no TypeScript: ${String(error)}`);
      return undefined;
    }
  }

  function visit(syntax: Syntax, scope: Scope, counts: boolean): void {
    switch (syntax.type) {
      case 'CallExpression':
        return visitCall(syntax, scope, counts);
      case 'Identifier':
        return follow(resolve(scope, nameOf(syntax) ?? ''), scope, counts);
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
      case 'VariableDeclaration':
      case 'FunctionDeclaration':
      case 'ClassDeclaration':
        // Looked at where it is used.
        return;
      case 'MemberExpression':
      case 'Property':
      case 'MethodDefinition':
      case 'PropertyDefinition':
        // Its name is no name of the program, unless it is computed.
        if (syntax['computed'] === true) {
          visitAll([part(syntax, 'property'), part(syntax, 'key')], scope, counts);
        }
        return visitAll([part(syntax, 'object'), part(syntax, 'value')], scope, counts);
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return visitFunction(syntax, scope, counts);
      case 'ForOfStatement':
        return visitLoop(syntax, scope, counts);
      case 'BlockStatement':
        return visitBlock(syntax, innerScope(scope), counts);
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
        return visitAll([part(syntax, 'expression')], scope, counts);
      default:
        if (!syntax.type.startsWith('TS')) visitAll(within(syntax), scope, counts);
    }
  }

  const visitAll = (found: readonly (Syntax | undefined)[], scope: Scope, counts: boolean): void => {
    for (const one of found) if (one !== undefined) visit(one, scope, counts);
  };

  function visitBlock(syntax: Syntax, scope: Scope, counts: boolean): void {
    declare(scope, parts(syntax, 'body'));
    visitAll(parts(syntax, 'body'), scope, counts);
  }

  function visitCall(call: Syntax, scope: Scope, counts: boolean): void {
    const registration = registrationOf(call, scope);
    if (registration === undefined) {
      const citation = citationOf(call, scope);
      for (const problem of citation?.problems ?? []) problems.add(problem);
      const ids = counts ? (citation?.ids ?? []) : [];
      for (const id of ids) cited.set(id, (cited.get(id) ?? new Set()).add(scope.file));
      return visitAll(within(call), scope, counts);
    }
    const { kind, runs, titles, body } = registration;
    if (!runs) {
      tests.other += 1;
      return;
    }
    const before = { ...tests };
    if (kind === 'test') tests.running += 1;
    else visitAll([body], scope, false);
    const isIdle = tests.running === before.running && tests.other > before.other;
    if (!isIdle) visitAll(titles, scope, true);
  }

  function visitFunction(syntax: Syntax, scope: Scope, counts: boolean): void {
    const inner = innerScope(scope);
    for (const parameter of parts(syntax, 'params')) bind(inner, parameter);
    visitAll([part(syntax, 'body')], inner, counts);
  }

  /** `for (const [title] of table) test(title, …)`: what is taken out of the table stands for the table. */
  function visitLoop(syntax: Syntax, scope: Scope, counts: boolean): void {
    const inner = innerScope(scope);
    const table = part(syntax, 'right');
    const left = part(syntax, 'left');
    for (const one of left === undefined ? [] : parts(left, 'declarations')) {
      bind(inner, part(one, 'id'), table);
    }
    visitAll([table], scope, counts);
    visitAll([part(syntax, 'body')], inner, counts);
  }

  /** Goes where a name leads. */
  function follow(binding: Binding | undefined, { file }: Scope, counts: boolean): void {
    const imported = binding?.kind === 'import' ? fileOf(file, binding.from) : undefined;
    const module = imported === undefined ? undefined : load(imported);
    if (binding?.kind === 'import' && module !== undefined) {
      follow(module.exports.get(binding.name), module.scope, counts);
    }
    if (binding?.kind !== 'code') return;
    const done = counts ? seen.counting : seen.passing;
    if (done.has(binding.code)) return;
    done.add(binding.code);
    if (binding.code.type === 'FunctionDeclaration') visitFunction(binding.code, binding.scope, counts);
    else if (binding.code.type === 'ClassDeclaration') visitAll(within(binding.code), binding.scope, counts);
    else visit(binding.code, binding.scope, counts);
  }

  for (const file of files) load(file);
  return { cited, problems: [...problems] };
}
