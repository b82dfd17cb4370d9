/** Quotes and lists within each other. A renderer calls itself for each of them, and beyond some hundred fails. */
export const NESTING_MAX = 20;

const MARKER = /[ \t]*(?:>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))/y;
const RULE = /[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$/y;

/**
 * Whether quotes and lists of a Markdown text are nested deeper than `NESTING_MAX`: by the markers with which a line
 * begins, and by list items that are indented further and further. Linear in the length of the text, and careful rather
 * than exact: code that looks like such a line counts too.
 */
export function isNestedTooDeep(markdown: string): boolean {
  /** Indentations of the list items that the present line may lie in. */
  const items: number[] = [];
  for (const line of markdown.split('\n')) {
    const indentation = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    const markers = countMarkers(line);
    if (markers === 0) continue;
    while ((items.at(-1) ?? -1) >= indentation) items.pop();
    if (items.length + markers > NESTING_MAX) return true;
    items.push(indentation);
  }
  return false;
}

/** Markers of quotes and list items with which a line begins. It stops counting at one more than may be. */
function countMarkers(line: string): number {
  let count = 0;
  for (let at = 0; count <= NESTING_MAX; count++) {
    RULE.lastIndex = at;
    if (RULE.test(line)) return count;
    MARKER.lastIndex = at;
    if (!MARKER.test(line)) return count;
    at = MARKER.lastIndex;
  }
  return count;
}
