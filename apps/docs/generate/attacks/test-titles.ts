import { readFileSync } from 'node:fs';
import { type CallExpression, type Expression, type Node, parseSync, type Statement } from 'oxc-parser';

/** A test, or a group of tests with its tests. */
export interface TestTitle {
  readonly title: string;
  readonly inside: readonly TestTitle[];
}

/** The titles of the tests in a file. Placeholders of tables stay as they are. */
export function testTitles(path: string): readonly TestTitle[] {
  const { program, errors } = parseSync(path, readFileSync(path, 'utf8'));
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  return program.body.flatMap(titlesIn);
}

function titlesIn(statement: Statement | Node): readonly TestTitle[] {
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'CallExpression') return [];
  const { callee, arguments: given } = statement.expression;
  const name = calledName(callee);
  const title = titleOf(given[0]);
  if (title === undefined || (name !== 'test' && name !== 'describe')) return [];
  const body = name === 'describe' ? given.find((one) => one.type === 'ArrowFunctionExpression') : undefined;
  const statements = body?.body?.type === 'BlockStatement' ? body.body.body : [];
  return [{ title, inside: statements.flatMap(titlesIn) }];
}

/** The function that is called in the end: `test` in `test.each(table)(…)`. */
function calledName(callee: Expression): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'CallExpression') return calledName(callee.callee);
  return callee.type === 'MemberExpression' ? calledName(callee.object) : undefined;
}

/** The title of a test: a text, or one with the requirements that it cites. */
function titleOf(node: CallExpression['arguments'][number] | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) {
    return node.quasis[0]?.value.cooked ?? '';
  }
  return node?.type === 'CallExpression' && calledName(node.callee) === 'cite'
    ? titleOf(node.arguments[0])
    : undefined;
}
