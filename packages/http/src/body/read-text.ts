/** The largest body that is read, in bytes. */
export const MAX_BODY_BYTES: number = 64 * 1024;

export type BodyText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: 'too-large' | 'not-utf-8' };

/**
 * Reads a body as UTF-8, and gives up at the first byte that is too many. The stream is then left alone rather
 * than cancelled: cancelling would tear the connection down before the answer is out.
 */
export async function readText(request: Request, limit: number = MAX_BODY_BYTES): Promise<BodyText> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return { ok: false, problem: 'too-large' };
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = request.body?.getReader();
  let text = '';
  let size = 0;
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done || value === undefined) return { ok: true, text: text + decoder.decode() };
      size += value.byteLength;
      if (size > limit) return { ok: false, problem: 'too-large' };
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return { ok: false, problem: 'not-utf-8' };
    }
    throw error;
  } finally {
    reader?.releaseLock();
  }
}
