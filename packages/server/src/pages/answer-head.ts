import type { Handler } from '@vestibule/http';

/**
 * Responds to `HEAD` requests of a page without calling its handler. Some pages have an effect when they are opened: they
 * begin an interaction or issue a code. Link previews and scanners send `HEAD` and must have no effect.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1 RFC 9110 §9.2.1}
 */
export const answerHead =
  (handler: Handler): Handler =>
  async (request, info) =>
    request.method === 'HEAD'
      ? new Response(null, {
          headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
        })
      : handler(request, info);
