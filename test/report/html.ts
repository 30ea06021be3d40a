/** What a reader sees of some HTML, for tests. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** The text of HTML, its runs of white space as one space. */
export const textOf = (html: string): string =>
  html
    .replaceAll(/<(?:td|th|tr|p|li|dt|dd|small|caption|h\d)\b/g, ' $&')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity]!)
    .replaceAll(/\s+/g, ' ');
