/**
 * Reads a JSON body up to a number of bytes after decompression, and stops there.
 *
 * @throws Error that names the limit, if the body exceeds it
 */
export async function boundedJson(response: Response, maxBytes: number): Promise<unknown> {
  return JSON.parse(await boundedText(response, maxBytes));
}

/** A response whose body was read within the limit, for callers that need a `Response`. */
export const boundedResponse = async (response: Response, maxBytes: number): Promise<Response> =>
  response.status === 200 ? new Response(await boundedText(response, maxBytes)) : response;

async function boundedText({ body }: Response, maxBytes: number): Promise<string> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > maxBytes) {
      // Does not wait for the cancellation.
      void reader.cancel().catch(() => undefined);
      throw new Error(`it answered more than ${maxBytes} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}
