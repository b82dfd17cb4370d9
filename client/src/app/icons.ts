import { type EnvironmentProviders, inject, provideEnvironmentInitializer } from '@angular/core';
import { MatIconRegistry } from '@angular/material/icon';
import { DomSanitizer } from '@angular/platform-browser';

/** Drawn on a grid of 24, in the colour of the text around them. */
const ICONS: Record<string, string> = {
  'priority-high': '<path d="M12 3 1.8 20.5h20.4L12 3Zm-1 7h2v5h-2v-5Zm0 6.5h2v2h-2v-2Z"/>',
  'priority-medium': '<path d="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm-1 4.5h2V13h-2V7.500Zm0 7h2v2h-2v-2Z"/>',
  'priority-low': '<path d="M12 16 5 9l1.500-1.500L12 13l5.500-5.500L19 9l-7 7Z"/>',
  bell: '<path d="M12 2.500A1.500 1.500 0 0 0 10.500 4v.600A6 6 0 0 0 6 10.500V15l-2 2.500V19h16v-1.500L18 15v-4.500a6 6 0 0 0-4.500-5.900V4A1.500 1.500 0 0 0 12 2.500ZM9.800 20.200a2.300 2.300 0 0 0 4.400 0H9.800Z"/>',
  check: '<path d="m9.500 18-6-6 1.500-1.500 4.500 4.500L19 5.500 20.500 7l-11 11Z"/>',
  close: '<path d="m6.400 5 5.600 5.600L17.600 5 19 6.400 13.400 12l5.600 5.600-1.400 1.400-5.600-5.600L6.400 19 5 17.600l5.600-5.600L5 6.400 6.400 5Z"/>',
  person: '<path d="M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8Zm0 10c4.400 0 8 2 8 4.500V20H4v-1.500C4 16 7.600 14 12 14Z"/>',
  edit: '<path d="m16.800 3.500 3.700 3.700-11 11L5 19l.800-4.500 11-11ZM4 21h16v1.500H4V21Z"/>',
};

/** Registers the page's icons, so that none is fetched. */
export function provideIcons(): EnvironmentProviders {
  return provideEnvironmentInitializer(() => {
    const registry = inject(MatIconRegistry);
    const sanitizer = inject(DomSanitizer);
    for (const [name, paths] of Object.entries(ICONS)) {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="currentColor">${paths}</svg>`;
      // Our own drawing, written above: nothing from outside gets here.
      registry.addSvgIconLiteral(name, sanitizer.bypassSecurityTrustHtml(svg));
    }
  });
}
