import type { Handler } from '@vestibule/http';

/**
 * Answers `HEAD` of a page by itself. Some pages act when a browser opens them: they begin an interaction, or issue a code.
 * Link previews and scanners ask by `HEAD`, and must cause nothing.
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
