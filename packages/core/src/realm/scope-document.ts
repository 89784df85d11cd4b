import * as z from 'zod';
import { scopeName } from './api-document.ts';
import type { Parsed } from './problem.ts';
import type { Scope } from './realm.ts';
import { parseWith } from './schema/in-words.ts';
import { text } from './schema/values.ts';

/** Reads a scope. Its gate for dynamic clients is closed if it is left out. */
export const parseScopeDocument = (value: unknown): Parsed<Scope> => parseWith(scopeSchema(), value);

const scopeSchema = (): z.ZodType<Scope> =>
  z.strictObject({
    name: scopeName(),
    description: text(),
    openToDynamicClients: z.boolean().default(false),
  } satisfies Record<keyof Scope, z.ZodType>);
