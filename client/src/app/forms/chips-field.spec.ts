import { TestBed } from '@angular/core/testing';
import { FormControl } from '@angular/forms';
import { ChipsField } from './chips-field';

describe('the suggestions of a chips field', () => {
  const chosen = new FormControl<string[]>([], { nonNullable: true });

  async function open(): Promise<{
    press(key: string, keyCode: number): void;
    offer(...values: string[]): Promise<void>;
  }> {
    chosen.reset([]);
    const page = TestBed.createComponent(ChipsField);
    const set = (input: string, value: unknown): void => page.componentRef.setInput(input, value);
    set('control', chosen);
    set('label', 'To');
    set('hint', '');
    set('offers', [{ name: '', values: ['ada', 'admin'] }]);
    await page.whenStable();
    const field = (page.nativeElement as HTMLElement).querySelector('input')!;
    field.dispatchEvent(new Event('focusin'));
    await page.whenStable();
    return {
      press: (key, keyCode) => field.dispatchEvent(new KeyboardEvent('keydown', { key, keyCode })),
      offer: async (...values) => {
        set('offers', [{ name: '', values }]);
        await page.whenStable();
        // Material looks at new options in the next task.
        await new Promise((resolve) => setTimeout(resolve));
      },
    };
  }

  const shown = (): string[] => [...document.querySelectorAll('mat-option')].map((option) => option.textContent.trim());

  it('change as answers come', async () => {
    const { offer } = await open();
    await offer('builds');
    expect(shown()).toEqual(['builds']);
  });

  it('stay while the person moves through them, so that Enter adds the one that is marked', async () => {
    const { press, offer } = await open();
    press('ArrowDown', 40);
    await offer('builds', 'ada');
    expect(shown()).toEqual(['ada', 'admin']);
    press('Enter', 13);
    expect(chosen.value).toEqual(['ada']);
  });
});
