import { isRequirementId, type RequirementId } from '../requirements.ts';
import { resolve, type Scope } from './scope.ts';
import { nameOf, part, parts, type Syntax, textOf } from './syntax.ts';

/** A call of `cite`. */
export interface Citation {
  readonly ids: readonly RequirementId[];
  readonly problems: readonly string[];
}

/** Reads a call as a citation, where it is one. */
export function citationOf(call: Syntax, scope: Scope): Citation | undefined {
  const binding = resolve(scope, nameOf(part(call, 'callee')) ?? '');
  if (binding?.kind !== 'import' || binding.from !== '@vestibule/requirements') return undefined;
  if (binding.name !== 'cite') return undefined;
  const texts = parts(call, 'arguments').slice(1).map(textOf);
  return {
    ids: texts.filter((text) => text !== undefined).filter(isRequirementId),
    problems: texts.flatMap((text) => {
      if (text === undefined) return `${scope.file} cites an id that is not written out; write it there`;
      return isRequirementId(text) ? [] : `${scope.file} cites ${text}, which is no requirement`;
    }),
  };
}
