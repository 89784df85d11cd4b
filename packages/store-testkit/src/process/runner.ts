/**
 * The program of the other process: opens the data as requested, makes the calls that it receives, and closes the data on
 * request or when its parent process ends.
 */
import { performAtOnce } from '../race/call.ts';
import type { Elsewhere, OpenedConnection, OpenStores } from '../harness/harness.ts';
import type { Answer, Order } from './message.ts';

let opened: OpenedConnection | undefined;

async function openElsewhere({ module, argument }: Elsewhere): Promise<OpenedConnection> {
  const { openStores }: { readonly openStores?: OpenStores } = await import(module);
  if (openStores === undefined) throw new Error(`${module} has to export a function "openStores".`);
  return openStores(argument);
}

async function answerTo(order: Order): Promise<Answer> {
  try {
    if (order.order === 'open') {
      opened = await openElsewhere(order.elsewhere);
      return { answer: 'ready' };
    }
    if (order.order === 'close') {
      await opened?.close();
      opened = undefined;
      return { answer: 'closed' };
    }
    const { calls } = order;
    if (opened === undefined) throw new Error('The data has to be opened before calls can be made.');
    const { stores } = opened;
    return { answer: 'done', answers: await performAtOnce(calls.map((made) => [stores, made])) };
  } catch (error) {
    return { answer: 'failed', error };
  }
}

process.on('message', (order: Order) => {
  void answerTo(order).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => {
  void Promise.resolve(opened?.close()).finally(() => process.exit());
});
