import { Component, computed, inject, input } from '@angular/core';
import { DomSanitizer } from '@angular/platform-browser';

/** Drawn on a grid of 24, in the colour of the text around them. */
const ICONS: Record<string, string> = {
  'priority-high': '<path d="M12 3 1.8 20.5h20.4L12 3Zm-1 7h2v5h-2v-5Zm0 6.5h2v2h-2v-2Z"/>',
  'priority-medium': '<path d="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm-1 4.5h2V13h-2V7.500Zm0 7h2v2h-2v-2Z"/>',
  'priority-low':
    '<path d="M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Zm0 2a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm-1 2h2v2h-2V7Zm0 4h2v6h-2v-6Z"/>',
  bell: '<path d="M12 2.500A1.500 1.500 0 0 0 10.500 4v.600A6 6 0 0 0 6 10.500V15l-2 2.500V19h16v-1.500L18 15v-4.500a6 6 0 0 0-4.500-5.900V4A1.500 1.500 0 0 0 12 2.500ZM9.800 20.200a2.300 2.300 0 0 0 4.400 0H9.800Z"/>',
  check: '<path d="m9.500 18-6-6 1.500-1.500 4.500 4.500L19 5.500 20.500 7l-11 11Z"/>',
  'select-all':
    '<path d="M3 3h18v18H3V3Zm2 2v14h14V5H5Zm5.700 11.500L6.500 12.300l1.400-1.400 2.800 2.800 5.900-5.900L18 9.200l-7.300 7.300Z"/>',
  close:
    '<path d="m6.400 5 5.600 5.600L17.600 5 19 6.400 13.400 12l5.600 5.600-1.400 1.400-5.600-5.600L6.400 19 5 17.600l5.600-5.600L5 6.400 6.400 5Z"/>',
  inbox: '<path d="M5 4h14l2.500 9v6.500h-19V13L5 4Zm1.500 2-1.900 7H9a3 3 0 0 0 6 0h4.400l-1.900-7h-11Z"/>',
  archive: '<path d="M3 4h18v5h-1v11H4V9H3V4Zm3 5v9h12V9H6ZM5 6v1.200h14V6H5Zm4 5h6v2H9v-2Z"/>',
  snooze:
    '<path d="M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Zm0 2a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm-1 2.500h2v4.100l2.900 2.900-1.400 1.400-3.500-3.500V7.500Z"/>',
  unread:
    '<path d="M3 5h11.200a4.500 4.500 0 0 0 .4 2H5.600l6.400 5 3.600-2.800c.5.300 1.100.600 1.700.700L12 14.200 5 8.700V17h14v-6.600c.700-.1 1.400-.4 2-.8V19H3V5Zm16-3a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7Z"/>',
  read: '<path d="M12 2.500 3 8v11.500h18V8l-9-5.500Zm0 2.300 6.300 3.900L12 12.600 5.700 8.700 12 4.800ZM5 10.600l7 4.300 7-4.300v6.900H5v-6.900Z"/>',
  search:
    '<path d="M10.500 3.500a7 7 0 0 1 5.600 11.200l4.700 4.700-1.400 1.400-4.700-4.700A7 7 0 1 1 10.500 3.500Zm0 2a5 5 0 1 0 0 10 5 5 0 0 0 0-10Z"/>',
  filter: '<path d="M3 6h18v2H3V6Zm3.500 5h11v2h-11v-2Zm3 5h5v2h-5v-2Z"/>',
  bookmark: '<path d="M6 3h12v18l-6-4-6 4V3Zm2 2v12.300l4-2.700 4 2.700V5H8Z"/>',
  back: '<path d="m11 4.500 1.400 1.400L7.300 11H20v2H7.300l5.100 5.100L11 19.500 3.500 12 11 4.500Z"/>',
  expand: '<path d="m12 15.500-7-7 1.400-1.400 5.600 5.600 5.600-5.600L19 8.500l-7 7Z"/>',
  more: '<path d="M4 5h16v2H4V5Zm2 6h12v2H6v-2Zm2 6h8v2H8v-2Z"/>',
  menu: '<path d="M12 4a2 2 0 1 1 0 4 2 2 0 0 1 0-4Zm0 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4Zm0 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z"/>',
  undo: '<path d="M8.500 4 10 5.400 6.900 8.500H14a6 6 0 0 1 0 12H8v-2h6a4 4 0 0 0 0-8H6.900l3.100 3.100L8.500 15 3 9.500 8.500 4Z"/>',
  delete: '<path d="M9 3h6l1 1.500h4v2H4v-2h4L9 3ZM5.500 8h13l-1 13h-11l-1-13Zm2.200 2 .600 9h7.400l.600-9H7.700Z"/>',
  settings:
    '<path d="M4 7h8.100a3 3 0 0 1 5.800 0H20v2h-2.100a3 3 0 0 1-5.800 0H4V7Zm11-.2a1.200 1.200 0 1 0 0 2.400 1.200 1.200 0 0 0 0-2.400ZM4 15h2.100a3 3 0 0 1 5.800 0H20v2h-8.100a3 3 0 0 1-5.800 0H4v-2Zm5-.2a1.200 1.200 0 1 0 0 2.400 1.200 1.200 0 0 0 0-2.400Z"/>',
  people:
    '<path d="M9 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8Zm0 10c4.400 0 8 2 8 4.500V20H1v-1.500C1 16 4.600 14 9 14ZM15.500 4.200a4 4 0 1 1 0 7.600 6 6 0 0 0 0-7.600ZM17.500 14.200c3 .6 5.500 2.200 5.500 4.300V20h-4v-1.500c0-1.700-.6-3.100-1.500-4.300Z"/>',
  key: '<path d="M7.500 7a5 5 0 0 1 4.900 4H22v5h-2v-3h-2.500v2.500h-2V13h-3.100A5 5 0 1 1 7.500 7Zm0 2a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z"/>',
  sent: '<path d="M3 20.500v-6.500l8-2-8-2V3.500l19 8.500-19 8.500Z"/>',
  edit: '<path d="m16.800 3.500 3.700 3.700-11 11L5 19l.800-4.500 11-11ZM4 21h16v1.500H4V21Z"/>',
};

/**
 * An icon of the page. Material's own would bring its registry and Angular's HttpClient, a twentieth of the first load.
 * The classes, and in a button or menu item the attribute `matButtonIcon` or `matMenuItemIcon`, let Material place it.
 *
 * In a box of 18 or 20 px the drawing keeps its 24 px and loses only its margin, so that all strokes are 2 px wide and
 * lie on the pixels.
 */
@Component({
  selector: 'app-icon',
  template: '<svg viewBox="0 0 24 24" focusable="false" [innerHTML]="drawing()"></svg>',
  styles: `
    :host {
      width: 1.5rem;
      height: 1.5rem;
      grid: 100% / 100%;
      place-items: center;
      fill: currentColor;
      user-select: none;
    }

    /* Material makes it a block in its buttons. */
    :host(.mat-icon.mat-icon) {
      display: inline-grid;
    }

    svg {
      width: max(100%, var(--least-icon, 1.5rem));
      height: max(100%, var(--least-icon, 1.5rem));
    }
  `,
  host: { class: 'mat-icon mat-icon-no-color', 'aria-hidden': 'true' },
})
export class Icon {
  readonly name = input.required<string>();
  readonly #sanitizer = inject(DomSanitizer);
  // Safe: only the drawings above get here, never input.
  protected readonly drawing = computed(() => this.#sanitizer.bypassSecurityTrustHtml(ICONS[this.name()] ?? ''));
}
