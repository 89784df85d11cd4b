/** A response as it is going to be sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request as it was received. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** Changes a response, to make the server wrong in one way. */
export type Fault = (answer: Answer, received: Received, origin: string) => Answer;

export const json = (status: number, value: unknown, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

export const page = (status: number, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { 'content-type': 'text/html', 'content-security-policy': "frame-ancestors 'none'", ...headers },
  body: '<!doctype html><title>Page</title>',
});

export const redirect = (location: string): Answer => ({ status: 302, headers: { location }, body: '' });

/** A fault of the responses at a path, or at every path that matches. */
export const at =
  (path: string | RegExp, change: Fault): Fault =>
  (answer, received, origin) =>
    (typeof path === 'string' ? path === received.path : path.test(received.path))
      ? change(answer, received, origin)
      : answer;

/** A fault of a JSON body: members replaced, or removed if they are `undefined`. */
export const members = (
  path: string | RegExp,
  change: (document: Record<string, unknown>, origin: string) => object,
): Fault =>
  at(path, (answer, _, origin) => {
    if (!answer.body.startsWith('{')) return answer;
    const document: Record<string, unknown> = JSON.parse(answer.body);
    return { ...answer, body: JSON.stringify({ ...document, ...change(document, origin) }) };
  });

/** A fault of the headers: replaced, or removed if they are `undefined`. */
export const headers = (path: string | RegExp, change: Readonly<Record<string, string | undefined>>): Fault =>
  at(path, (answer) => ({
    ...answer,
    headers: Object.fromEntries(
      Object.entries({ ...answer.headers, ...change }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    ),
  }));
