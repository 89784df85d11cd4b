import { expect, test } from 'vitest';
import { received } from './received.ts';

test('requests of one turn go on together, each step for all of them', async () => {
  const steps: string[] = [];
  const handle = async (request: string): Promise<void> => {
    steps.push(`${request} arrives`);
    await received();
    steps.push(`${request} begins`);
    await Promise.resolve();
    steps.push(`${request} goes on`);
  };
  const arrive = (request: string) =>
    new Promise<void>((resolve, reject) => setImmediate(() => void handle(request).then(resolve, reject)));
  await Promise.all([arrive('a'), arrive('b')]);
  expect(steps).toEqual(['a arrives', 'b arrives', 'a begins', 'b begins', 'a goes on', 'b goes on']);
});

test('a request of a later turn does not go on with those before it', async () => {
  const first = received();
  expect(received()).toBe(first);
  await first;
  expect(received()).not.toBe(first);
});
