const ANCHOR = /<a id="([^"]+)"><\/a>/g;

/** Leaves out anchors that a page has for readers of its Markdown, if a heading has the same id. */
export const withoutRepeatedAnchors = (html: string): string =>
  html.replaceAll(ANCHOR, (anchor: string, id: string) =>
    html.split(`id="${id}"`).length > 2 ? '' : anchor,
  );
