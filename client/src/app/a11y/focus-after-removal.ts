import { afterNextRender, DestroyRef, type Injector } from '@angular/core';

/**
 * Restores the focus after its row has left a list (WCAG 2.2, 2.4.3): to the last button of the row now in that place,
 * else to `otherwise`. Does nothing if the focus is elsewhere by then, or the page was left.
 * @param index of the removed row
 */
export function focusAfterRemoval(list: HTMLElement, index: number, otherwise: HTMLElement, injector: Injector): void {
  if (injector.get(DestroyRef).destroyed) return;
  afterNextRender(
    () => {
      if (document.activeElement !== document.body && document.activeElement !== null) return;
      // Removing the last row may remove the list too.
      const row = list.isConnected ? list.children[Math.min(index, list.children.length - 1)] : undefined;
      ([...(row?.querySelectorAll('button') ?? [])].at(-1) ?? otherwise).focus();
    },
    { injector },
  );
}
