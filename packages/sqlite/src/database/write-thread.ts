import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { connect } from './connection.ts';
import { createGroupWriter } from './writer/group.ts';
import type { CallGroup, GroupOutcome } from './writer/writer-thread.ts';

/** The write thread: commits all waiting calls together, and responds. */

/** The largest number of groups in one transaction, so that the first one does not wait too long. */
const MAX_GROUPS = 256;

const database = connect(workerData);
const write = createGroupWriter(database);

parentPort?.on('message', (first: CallGroup | 'close') => {
  const messages = [first, ...alreadyThere()];
  const groups = messages.filter((message) => message !== 'close');
  const { outcomes } = write(groups.flatMap(({ calls }) => calls));
  let place = 0;
  for (const { number, calls } of groups) {
    const ofGroup = outcomes.slice(place, place + calls.length);
    place += calls.length;
    parentPort?.postMessage({ number, outcomes: ofGroup } satisfies GroupOutcome);
  }
  if (groups.length < messages.length) {
    database.close();
    parentPort?.close();
  }
});

function* alreadyThere(): Generator<CallGroup | 'close'> {
  if (parentPort === null) return;
  for (let count = 1; count < MAX_GROUPS; count += 1) {
    const next = receiveMessageOnPort(parentPort);
    if (next === undefined) return;
    yield next.message;
  }
}
