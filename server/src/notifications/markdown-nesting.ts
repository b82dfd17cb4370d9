/** Levels of nested quotes and lists. Renderers recurse for each level, and fail beyond some hundred. */
export const NESTING_MAX = 20;

const MARKER = /[ \t]*(?:>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))/y;
const RULE = /[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$/y;

/**
 * Whether a Markdown text nests quotes and lists deeper than `NESTING_MAX`, judged by the markers at the beginning of
 * lines and by the indentation of list items. Takes linear time, and is strict rather than exact: code that looks like
 * such a line counts too.
 */
export function isNestedTooDeep(markdown: string): boolean {
  /** Indentations of the list items that may contain the current line. */
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

/** Counts the markers of quotes and list items at the beginning of a line, up to one more than the limit. */
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
