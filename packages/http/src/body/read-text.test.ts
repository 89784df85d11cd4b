import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { MAX_BODY_BYTES, readText } from './read-text.ts';

const post = (body: BodyInit | null, headers: Record<string, string> = {}) =>
  new Request('https://id.example/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);

const inPieces = (...pieces: readonly Uint8Array[]) =>
  new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });

test.each([
  ['text', 'text'],
  ['', ''],
  ['メモ 😀', 'メモ 😀'],
  ['x'.repeat(MAX_BODY_BYTES), 'x'.repeat(MAX_BODY_BYTES)],
])('reads a body', async (body, text) => {
  expect(await readText(post(body))).toEqual({ ok: true, text });
});

test('reads a request without a body as the empty text', async () => {
  expect(await readText(new Request('https://id.example/'))).toEqual({ ok: true, text: '' });
});

test('joins a letter that arrives in two pieces', async () => {
  const bytes = new TextEncoder().encode('é');
  expect(await readText(post(inPieces(bytes.slice(0, 1), bytes.slice(1))))).toEqual({ ok: true, text: 'é' });
});

test(cite('gives up at the first byte too many', 'vestibule:bad-input:too-large'), async () => {
  expect(await readText(post('x'.repeat(MAX_BODY_BYTES + 1)))).toEqual({ ok: false, problem: 'too-large' });
});

test('does not read what says it is too large', async () => {
  const never = new ReadableStream({ pull: () => new Promise(() => {}) });
  const request = post(never, { 'content-length': String(MAX_BODY_BYTES + 1) });
  expect(await readText(request)).toEqual({ ok: false, problem: 'too-large' });
});

test(
  cite('counts bytes, not letters, and does not wait for the end', 'vestibule:bad-input:too-large'),
  async () => {
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('é'.repeat(4_096))),
    });
    expect(await readText(post(endless))).toEqual({ ok: false, problem: 'too-large' });
  },
);

test.each([[[0xff]], [[0xc3]], [[0xc3, 0x28]], [[0xed, 0xa0, 0x80]]])(
  cite('%j is not UTF-8', 'vestibule:bad-input:not-json'),
  async (bytes) => {
    expect(await readText(post(new Uint8Array(bytes)))).toEqual({ ok: false, problem: 'not-utf-8' });
  },
);

test('a broken connection is an exception', async () => {
  const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('aborted')) });
  await expect(readText(post(broken))).rejects.toThrow('aborted');
});
