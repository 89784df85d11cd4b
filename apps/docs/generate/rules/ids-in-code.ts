import { globSync, readFileSync } from 'node:fs';
import { type Expression, type Node, parseSync, Visitor } from 'oxc-parser';
import { ROOT } from '../source/paths.ts';

/** The packages that refuse registrations and documents. */
const SOURCES = 'packages/{core,http,cimd,server,assertions}/src/**/*.ts';

/** The functions that take the id of a rule, and the place of the id among their arguments. */
const TAKERS: ReadonlyMap<string, number> = new Map([
  ['refusal', 1],
  ['defineRule', 0],
]);

/** Texts that may be ids of rules, in a source. */
export interface IdsInCode {
  /** What is certainly an id: an argument of `refusal` or `defineRule`, or the value of a member `rule`. */
  readonly certain: ReadonlySet<string>;
  /** Every other text, except types of events, kinds of changes, and what is only compared. */
  readonly possible: ReadonlySet<string>;
}

/** All texts in the sources that may be ids of rules. The catalogue itself is left out. */
export function idsInCode(): IdsInCode {
  const certain = new Set<string>();
  const possible = new Set<string>();
  const files = globSync(SOURCES, { cwd: ROOT }).filter(
    (file) => !file.endsWith('.test.ts') && !file.includes('/policy/catalogue/'),
  );
  for (const file of files) {
    const { program } = parseSync(file, readFileSync(`${ROOT}${file}`, 'utf8'));
    const others = new Set<Node>();
    new Visitor({
      CallExpression: ({ callee, arguments: given }) => {
        const at = callee.type === 'Identifier' ? TAKERS.get(callee.name) : undefined;
        const id = at === undefined ? undefined : textOf(given[at]);
        if (id !== undefined) certain.add(id);
      },
      Property: ({ key, value }) => {
        if (key.type !== 'Identifier') return;
        const id = textOf(value);
        if (key.name === 'rule' && id !== undefined) certain.add(id);
        if (key.name === 'type' || key.name === 'kind') others.add(value);
      },
      SwitchCase: ({ test }) => void (test && others.add(test)),
      BinaryExpression: ({ left, right }) => void others.add(left).add(right),
      TSLiteralType: ({ literal }) => void others.add(literal),
    }).visit(program);
    new Visitor({
      Literal: (node) => {
        if (typeof node.value === 'string' && !others.has(node)) possible.add(node.value);
      },
    }).visit(program);
  }
  return { certain, possible };
}

const textOf = (node: Expression | Node | undefined): string | undefined =>
  node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
