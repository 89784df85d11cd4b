import type { Attachment } from '@vestibule/example-agent';
import { expect, test } from 'vitest';
import { createPendingAttachments } from './pending-attachments.ts';

const attachment = (state: string): Attachment => ({
  state,
  authorizationUrl: new URL('http://localhost:4000/connect/authorize'),
  finish: () => Promise.reject(new Error('This agent is never finished.')),
});

test('an attachment is finished once, and only by the browser that began it', () => {
  const pending = createPendingAttachments();
  const mine = attachment('mine');
  pending.add(mine);
  expect(pending.take('mine', undefined)).toBeUndefined();
  expect(pending.take('mine', 'other')).toBeUndefined();
  expect(pending.take(null, undefined)).toBeUndefined();
  expect(pending.take('mine', 'mine')).toBe(mine);
  expect(pending.take('mine', 'mine')).toBeUndefined();
});

test('the oldest of more than fifty attachments is forgotten', () => {
  const pending = createPendingAttachments();
  for (let index = 0; index <= 50; index += 1) pending.add(attachment(String(index)));
  expect(pending.take('0', '0')).toBeUndefined();
  expect(pending.take('1', '1')).toBeDefined();
});
