import type { Elsewhere } from '../harness/harness.ts';
import type { Call } from '../race/call.ts';

/** A request to the other process. */
export type Order =
  | { readonly order: 'open'; readonly elsewhere: Elsewhere }
  | { readonly order: 'run'; readonly calls: readonly Call[] }
  | { readonly order: 'close' };

/** A response, one for each request. */
export type Answer =
  | { readonly answer: 'ready' }
  | { readonly answer: 'closed' }
  | { readonly answer: 'done'; readonly answers: readonly unknown[] }
  | { readonly answer: 'failed'; readonly error: unknown };
