import { Directive, ElementRef, inject, output } from '@angular/core';

/** How far a finger must go, in px, for it to count; and before it is taken for a swipe at all. */
const FAR = 96;
const BEGIN = 12;

/**
 * Emits the side to which a finger has swiped the element, which follows the finger by `--swipe`, from -1 to 1. Scrolling
 * stays the browser's.
 */
@Directive({
  selector: '[appSwipe]',
  host: {
    '(pointerdown)': 'begin($event)',
    '(pointermove)': 'move($event)',
    '(pointerup)': 'end($event)',
    '(pointercancel)': 'reset()',
    '(click)': 'swallow($event)',
    '[style.touch-action]': '"pan-y"',
  },
})
export class Swipe {
  readonly swiped = output<'left' | 'right'>();
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  #from: { x: number; y: number } | null = null;
  #isSwiping = false;

  protected begin({ pointerType, isPrimary, clientX, clientY }: PointerEvent): void {
    this.#isSwiping = false;
    this.#from = pointerType === 'touch' && isPrimary ? { x: clientX, y: clientY } : null;
  }

  protected move({ pointerId, clientX, clientY }: PointerEvent): void {
    if (this.#from === null) return;
    const by = clientX - this.#from.x;
    if (!this.#isSwiping && Math.abs(by) > BEGIN && Math.abs(by) > 2 * Math.abs(clientY - this.#from.y)) {
      this.#isSwiping = true;
      this.#element.setPointerCapture(pointerId);
    }
    if (this.#isSwiping) this.#follow(by);
  }

  protected end({ clientX }: PointerEvent): void {
    const by = this.#from === null ? 0 : clientX - this.#from.x;
    const isFar = this.#isSwiping && Math.abs(by) >= FAR;
    this.reset();
    if (isFar) this.swiped.emit(by > 0 ? 'right' : 'left');
  }

  protected reset(): void {
    this.#from = null;
    this.#element.style.removeProperty('translate');
    this.#element.removeAttribute('data-swipe');
  }

  /** The click that ends a swipe is not meant. */
  protected swallow(event: Event): void {
    if (!this.#isSwiping) return;
    event.preventDefault();
    event.stopPropagation();
    this.#isSwiping = false;
  }

  #follow(by: number): void {
    this.#element.style.translate = `${by}px`;
    const far = Math.abs(by) >= FAR ? '-far' : '';
    this.#element.dataset['swipe'] = `${by > 0 ? 'right' : 'left'}${far}`;
  }
}
