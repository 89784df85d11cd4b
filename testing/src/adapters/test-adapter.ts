import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADAPTER_CASES, type AdapterCase } from './adapter-cases.ts';

/** A server that serves `createAdapterApp` by an adapter. */
export interface AdapterServer {
  /** Where it listens, such as `http://127.0.0.1:4711`. */
  readonly at: string;
  close(): Promise<void>;
}

/**
 * Tests an adapter with every case.
 *
 * @param name the name of the adapter, for the titles
 * @param instead by title, cases that the server behind the adapter decides by itself, each with what it does @default none
 */
export function testAdapter(
  name: string,
  open: () => Promise<AdapterServer>,
  instead: Readonly<Record<string, AdapterCase>> = {},
): void {
  let server: AdapterServer | undefined;
  beforeAll(async () => {
    server = await open();
  });
  afterAll(() => server?.close());

  const cases = ADAPTER_CASES.map((one) => instead[one.title] ?? one);
  test.each(cases.map(({ title, run }) => [`${name} ${title}`, run] as const))('%s', async (_, run) => {
    await expect(run(server?.at ?? '')).resolves.toBeUndefined();
  });

  test(`${name} replaces only cases that exist`, () => {
    expect(ADAPTER_CASES.map(({ title }) => title)).toEqual(expect.arrayContaining(Object.keys(instead)));
  });
}
