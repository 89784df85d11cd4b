import type { Stores } from '@vestibule/server';

type StoreName = Exclude<keyof Stores, 'sweep'>;

/** A call of a store's method, as data: it can be made here, over another connection, and in another process. */
export interface Call {
  readonly store: StoreName | 'sweep';
  readonly method: string;
  readonly args: readonly unknown[];
}

type ArgumentsOf<Method> = Method extends (...args: infer Arguments) => unknown ? Arguments : never;

/** Writes a call down. */
export function call<Name extends StoreName, Method extends keyof Stores[Name] & string>(
  store: Name,
  method: Method,
  ...args: ArgumentsOf<Stores[Name][Method]>
): Call {
  return { store, method, args };
}

/** A call of the one method that belongs to no single store. */
export const sweepCall = (...args: ArgumentsOf<Stores['sweep']>): Call => ({
  store: 'sweep',
  method: 'sweep',
  args,
});

/** Makes a call and gives its answer. */
export async function perform(stores: Stores, { store, method, args }: Call): Promise<unknown> {
  const target = store === 'sweep' ? stores : stores[store];
  return Reflect.apply(Reflect.get(target, method), target, args);
}

/**
 * Makes calls at once and waits for all of them, whatever becomes of each.
 *
 * @throws unknown what the first of them that failed threw
 */
export async function performAtOnce(
  calls: readonly (readonly [Stores, Call])[],
): Promise<readonly unknown[]> {
  const settled = await Promise.allSettled(calls.map(([stores, made]) => perform(stores, made)));
  return settled.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
