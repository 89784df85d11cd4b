/** A section of the page of an agent. One without a text is left out. */
export interface Section {
  readonly heading: string;
  readonly text: string;
}
