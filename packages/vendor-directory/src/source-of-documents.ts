/** Where the documents of the directory are known from: the same source as that of `@vestibule/client-fixtures`. */
export const RECORDED = 'as others recorded it from the publisher, September 2026';
