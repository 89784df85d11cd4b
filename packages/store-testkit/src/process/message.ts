import type { Elsewhere } from '../harness/harness.ts';
import type { Call } from '../race/call.ts';

/** What the other process is asked. */
export type Order =
  | { readonly order: 'open'; readonly elsewhere: Elsewhere }
  | { readonly order: 'run'; readonly calls: readonly Call[] }
  | { readonly order: 'close' };

/** What it answers, once to each order. */
export type Answer =
  | { readonly answer: 'ready' }
  | { readonly answer: 'closed' }
  | { readonly answer: 'done'; readonly answers: readonly unknown[] }
  | { readonly answer: 'failed'; readonly error: unknown };
