import {
  allowedMethods,
  failureOf,
  methodNotAllowed,
  type OnError,
  type PlainHandler,
  type Reply,
} from '@vestibule/http';
import { failurePage } from './page-response.ts';
import type { Pages } from './pages.ts';

/** Options of {@link pageHandler}. */
export interface PageHandler {
  /** The methods that the handler responds to. `GET` includes `HEAD`. */
  readonly methods: readonly string[];
  readonly handler: PlainHandler;
  readonly pages: Pages;
  readonly onError: OnError;
  /** Headers of every response. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * A refusal that comes before everything else about a request.
   *
   * @default none
   */
  readonly refuse?: PlainHandler<Reply | undefined>;
}

/**
 * The response to a `HEAD` request of a page, without calling its handler. Some pages have an effect when they are opened: they
 * begin an interaction or issue a code. Link previews and scanners send `HEAD` and must have no effect.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1 RFC 9110 §9.2.1}
 */
const HEAD: Reply = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
};

/** The handler of a page, with what every page needs: its methods, and a page that says that it failed. */
export function pageHandler(options: PageHandler): PlainHandler {
  const { methods, handler, pages, onError, headers, refuse } = options;
  const allowed = allowedMethods(methods);

  const respond: PlainHandler = async (request, info) => {
    const { method } = request;
    if (method === 'HEAD') return HEAD;
    try {
      const refused = await refuse?.(request, info);
      if (refused !== undefined) return refused;
      return allowed.includes(method) ? await handler(request, info) : methodNotAllowed(method, allowed);
    } catch (error) {
      // A client that disconnected during its request is not a bug, and reads no response.
      if (!request.isAborted()) onError(error, request.standard());
      return failurePage(pages, failureOf(error));
    }
  };
  return async (request, info) => {
    const reply = await respond(request, info);
    return { ...reply, headers: { ...reply.headers, ...headers } };
  };
}
