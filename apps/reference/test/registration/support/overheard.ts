import { onTestFinished, vi } from 'vitest';

/** What came back over HTTP. */
export interface Overheard {
  readonly url: string;
  readonly status: number;
  readonly text: string;
}

/** Listens to everything that this test fetches, until it is over. */
export function overhear(): readonly Overheard[] {
  const heard: Overheard[] = [];
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', async (...asked: Parameters<typeof fetch>) => {
    const response = await fetch(...asked);
    const { status, url } = response;
    heard.push({ url, status, text: await response.clone().text() });
    return response;
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  return heard;
}
