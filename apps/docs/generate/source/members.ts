import type { TSSignature, TSType } from 'oxc-parser';
import type { DocComment } from './doc-comment.ts';
import { docBefore, readSource, type SourceFile, textOf } from './source-file.ts';

/** A member of an interface. */
export interface Member {
  readonly name: string;
  readonly isOptional: boolean;
  readonly type: TSType;
  readonly doc?: DocComment;
  /** Where it is declared. */
  readonly file: SourceFile;
  /** The interface that declares it. Absent: a type without a name. */
  readonly of?: string;
}

/** A type, and the file that says it. */
export interface TypeIn {
  readonly type: TSType;
  readonly file: SourceFile;
}

/** What a name in a file stands for. */
export type Resolved =
  | { readonly kind: 'interface'; readonly members: readonly Member[]; readonly doc?: DocComment }
  | (TypeIn & { readonly kind: 'alias'; readonly doc?: DocComment });

/** Finds an interface or a type by its name in a file, or in the file that it is imported from. */
export function resolve(file: SourceFile, name: string): Resolved | undefined {
  const found = file.declarations.get(name);
  if (found === undefined) {
    const imported = file.imports.get(name);
    return imported && resolve(readSource(imported.path), imported.name);
  }
  const { node, start } = found;
  const doc = docBefore(file, start);
  const documented = doc && { doc };
  if (node.type === 'TSTypeAliasDeclaration') {
    return { kind: 'alias', type: node.typeAnnotation, file, ...documented };
  }
  const inherited = node.extends.flatMap(({ expression }) => {
    const base = expression.type === 'Identifier' ? resolve(file, expression.name) : undefined;
    return base?.kind === 'interface' ? base.members : [];
  });
  return {
    kind: 'interface',
    members: [...inherited, ...membersOf(file, node.body.body, name)],
    ...documented,
  };
}

/**
 * The members of a type.
 *
 * @param of its name @default none
 */
export const membersOf = (
  file: SourceFile,
  signatures: readonly TSSignature[],
  of?: string,
): readonly Member[] =>
  signatures.flatMap((signature) => {
    if (signature.type !== 'TSPropertySignature' || signature.key.type !== 'Identifier') return [];
    const type = signature.typeAnnotation?.typeAnnotation;
    if (type === undefined) return [];
    const doc = docBefore(file, signature.start);
    return [
      {
        name: signature.key.name,
        isOptional: signature.optional,
        type,
        file,
        ...(doc !== undefined && { doc }),
        ...(of !== undefined && { of }),
      },
    ];
  });

/** The members of an interface. @throws Error if there is no such interface */
export function membersOfInterface(path: string, name: string): readonly Member[] {
  const found = resolve(readSource(path), name);
  if (found?.kind === 'interface') return found.members;
  throw new Error(`${path} has no interface ${name}.`);
}

/** The name in a type that is nothing but a name. */
export const referencedName = (type: TSType): string | undefined =>
  type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && !type.typeArguments
    ? type.typeName.name
    : undefined;

/** The types of a union, in parentheses or not; of another type, itself. Names of unions are followed. */
export function variantsOf({ type, file }: TypeIn): readonly TypeIn[] {
  if (type.type === 'TSParenthesizedType') return variantsOf({ type: type.typeAnnotation, file });
  if (type.type === 'TSUnionType') return type.types.flatMap((one) => variantsOf({ type: one, file }));
  const name = referencedName(type);
  const found = name === undefined ? undefined : resolve(file, name);
  return found?.kind === 'alias' ? variantsOf(found) : [{ type, file }];
}

/** The members of an intersection of interfaces and types without names. */
export function intersectedMembers({ type, file }: TypeIn): readonly Member[] {
  if (type.type === 'TSParenthesizedType') return intersectedMembers({ type: type.typeAnnotation, file });
  if (type.type === 'TSTypeLiteral') return membersOf(file, type.members);
  if (type.type === 'TSIntersectionType') {
    return type.types.flatMap((one) => intersectedMembers({ type: one, file }));
  }
  const found = resolve(file, referencedName(type) ?? '');
  if (found?.kind === 'interface') return found.members;
  if (found?.kind === 'alias') return intersectedMembers(found);
  throw new Error(`${file.path}: ${textOf(file, type)} has no members.`);
}

/** A string literal in a type, with its doc comment. */
export interface TypeLiteral {
  readonly value: string;
  readonly doc?: DocComment;
}

/** The string literals of a type. */
export const literalsOf = (within: TypeIn): readonly TypeLiteral[] =>
  variantsOf(within).flatMap(({ type, file }) => {
    if (type.type !== 'TSLiteralType' || type.literal.type !== 'Literal') return [];
    if (typeof type.literal.value !== 'string') return [];
    const doc = docBefore(file, type.start);
    return [{ value: type.literal.value, ...(doc !== undefined && { doc }) }];
  });
