/**
 * Reads a JSON body of at most so many bytes, unpacked. What is longer is not read to its end.
 *
 * @throws Error that names the bound, where the body passes it
 */
export async function boundedJson(response: Response, maxBytes: number): Promise<unknown> {
  return JSON.parse(await boundedText(response, maxBytes));
}

/** A response with a body that was read within the bound, for whoever wants a `Response`. */
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
      // Nobody waits for the other side to stop.
      void reader.cancel().catch(() => undefined);
      throw new Error(`it answered more than ${maxBytes} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}
