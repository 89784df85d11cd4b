import type { Stores } from '@vestibule/server';

type StoreName = Exclude<keyof Stores, 'sweep'>;

/** A call of a store method, as data: it can be made in this process, over another connection, and in another process. */
export interface Call {
  readonly store: StoreName | 'sweep';
  readonly method: string;
  readonly args: readonly unknown[];
}

type ArgumentsOf<Method> = Method extends (...args: infer Arguments) => unknown ? Arguments : never;

/** Creates a call. */
export function call<Name extends StoreName, Method extends keyof Stores[Name] & string>(
  store: Name,
  method: Method,
  ...args: ArgumentsOf<Stores[Name][Method]>
): Call {
  return { store, method, args };
}

/** A call of the only method that belongs to no single store. */
export const sweepCall = (...args: ArgumentsOf<Stores['sweep']>): Call => ({
  store: 'sweep',
  method: 'sweep',
  args,
});

/** Makes a call and returns its result. */
export async function perform(stores: Stores, { store, method, args }: Call): Promise<unknown> {
  const target = store === 'sweep' ? stores : stores[store];
  return Reflect.apply(Reflect.get(target, method), target, args);
}

/**
 * Makes concurrent calls and waits for all of them, also after failures.
 *
 * @throws unknown the error of the first failed call
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
