/** What failed: a request, or work in the background. The path has no query and no id of a page, so it may be logged. */
export type ErrorContext =
  | { readonly during: 'request'; readonly method: string; readonly path: string }
  | {
      readonly during:
        | 'sweeping'
        | 'revoking tokens of the provider'
        | 'recording omitted audit events'
        | 'following realms'
        | 'fetching a metadata document';
    };

/** Called with each error that is a bug or an outage. */
export type OnVestibuleError = (error: unknown, context: ErrorContext) => void;
