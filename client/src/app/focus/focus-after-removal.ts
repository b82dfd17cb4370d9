import { afterNextRender, type Injector } from '@angular/core';

/**
 * Gives the focus a place after its row has left a list (WCAG 2.2, 2.4.3): the last button of the row that is there now,
 * else `otherwise`. Whoever has gone elsewhere meanwhile is left there.
 * @param index of the row that has left
 */
export function focusAfterRemoval(list: HTMLElement, index: number, otherwise: HTMLElement, injector: Injector): void {
  afterNextRender(
    () => {
      if (document.activeElement !== document.body && document.activeElement !== null) return;
      // With its last row the list itself may have gone.
      const row = list.isConnected ? list.children[Math.min(index, list.children.length - 1)] : undefined;
      ([...(row?.querySelectorAll('button') ?? [])].at(-1) ?? otherwise).focus();
    },
    { injector },
  );
}
