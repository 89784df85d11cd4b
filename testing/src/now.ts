/** The moment at which most tests begin: noon, so that no day starts or ends nearby in any time zone of Europe or America. */
export const NOW: number = Date.UTC(2026, 10, 23, 12, 0, 0);
