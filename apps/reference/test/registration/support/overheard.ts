import { onTestFinished, vi } from 'vitest';

/** An HTTP response. */
export interface Overheard {
  readonly url: string;
  readonly status: number;
  readonly text: string;
}

/** Records everything that this test fetches, until its end. */
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
