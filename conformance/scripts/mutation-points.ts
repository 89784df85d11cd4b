import { type Node, parseSync, Visitor } from 'oxc-parser';

/** One small change to a source, which a test should notice. */
export interface Mutation {
  readonly start: number;
  readonly end: number;
  readonly to: string;
}

const OPPOSITES: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '+': '-',
  '-': '+',
};
const METHODS: ReadonlyMap<string, string> = new Map([
  ['some', 'every'],
  ['every', 'some'],
]);

/** Every mutation of a source: operators, conditions, bounds, booleans and compared texts. */
export function mutationsOf(file: string, source: string): readonly Mutation[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const mutations: Mutation[] = [];
  const types: Node[] = [];
  const replace = ({ start, end }: Pick<Node, 'start' | 'end'>, to: string): void => {
    mutations.push({ start, end, to });
  };
  const negate = (test: Node): void => replace(test, `!(${source.slice(test.start, test.end)})`);
  const empty = (node: Node): void => {
    if (node.type === 'Literal' && typeof node.value === 'string' && node.value !== '') replace(node, "''");
  };
  const operator = (left: Node, right: Node, from: string): void => {
    const to = OPPOSITES[from];
    const start = source.indexOf(from, left.end);
    if (to !== undefined && start < right.start) replace({ start, end: start + from.length }, to);
  };
  new Visitor({
    BinaryExpression: (node) => {
      operator(node.left, node.right, node.operator);
      if (node.operator === '===' || node.operator === '!==') [node.left, node.right].forEach(empty);
    },
    LogicalExpression: (node) => operator(node.left, node.right, node.operator),
    IfStatement: ({ test }) => negate(test),
    ConditionalExpression: ({ test }) => negate(test),
    UnaryExpression: (node) => {
      if (node.operator === '!') replace({ start: node.start, end: node.argument.start }, '');
    },
    MemberExpression: ({ property }) => {
      const to = property.type === 'Identifier' ? METHODS.get(property.name) : undefined;
      if (to !== undefined) replace(property, to);
    },
    Literal: (node: Node & { readonly value?: unknown }) => {
      if (typeof node.value === 'boolean') replace(node, String(!node.value));
      if (typeof node.value !== 'number') return;
      replace(node, String(node.value + 1));
      replace(node, `(${node.value - 1})`);
    },
    TSLiteralType: (node) => void types.push(node),
  }).visit(program);
  const isType = ({ start, end }: Mutation): boolean =>
    types.some((type) => type.start <= start && end <= type.end);
  return mutations.filter((mutation) => !isType(mutation));
}
