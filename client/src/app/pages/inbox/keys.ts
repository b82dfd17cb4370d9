const KEYS = ['j', 'k', 'e', 'u', 's', 'x', 'z', '/', '?', 'Escape'] as const;
export type InboxKey = (typeof KEYS)[number];

/** Keys that go on while they are held. Any other would act on one row after the other. */
const REPEATING: readonly InboxKey[] = ['j', 'k'];
/** `keyCode` of a key that an input method has taken. */
const TAKEN = 229;

/**
 * Which of the inbox's keys was pressed; null while someone types, a menu or dialog is open, or another key is held.
 * @param isOn whether keys of one character count
 */
export function keyOf(event: KeyboardEvent, isOn: boolean): InboxKey | null {
  const { target, ctrlKey, metaKey, altKey, defaultPrevented, repeat } = event;
  if (ctrlKey || metaKey || altKey || defaultPrevented || isComposing(event)) return null;
  const element = target instanceof Element ? target : document.body;
  if (
    element.closest('input:not([type="checkbox"]), textarea, select, [contenteditable], .cdk-overlay-container') !==
    null
  )
    return null;
  const key = meant(event);
  if (key === null || (repeat && !REPEATING.includes(key))) return null;
  return isOn || key === 'Escape' ? key : null;
}

/** Whether an input method still composes text, so that the key is not meant for the page. */
export function isComposing(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Safari says by nothing else that the last key still composes
  return event.isComposing || event.keyCode === TAKEN;
}

/** The key by what it produces, whatever Caps Lock; on a layout without Latin letters, by its place. */
function meant({ key, code }: KeyboardEvent): InboxKey | null {
  const isForeign = /^[^\p{ASCII}]$/u.test(key) && !/\p{Script=Latin}/u.test(key);
  const produced = isForeign ? (/^Key([A-Z])$/.exec(code)?.[1] ?? '') : key;
  return KEYS.find((one) => one.toLowerCase() === produced.toLowerCase()) ?? null;
}
