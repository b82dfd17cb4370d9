const KEYS = ['j', 'k', 'e', 'u', 's', 'x', 'z', '/', '?', 'Escape'] as const;
export type InboxKey = (typeof KEYS)[number];

/** Which of the inbox's keys was pressed; null while someone types, a menu or dialog is open, or another key is held. */
export function keyOf({ key, target, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): InboxKey | null {
  if (ctrlKey || metaKey || altKey || defaultPrevented) return null;
  const element = target instanceof Element ? target : document.body;
  if (
    element.closest('input:not([type="checkbox"]), textarea, select, [contenteditable], .cdk-overlay-container') !==
    null
  )
    return null;
  return KEYS.find((one) => one === key) ?? null;
}
