import { UndoBar } from '#app/undo/undo-bar';
import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { MAT_DIALOG_DATA, MatDialogRef } from '@angular/material/dialog';
import type { SavedFilter } from '@herald/protocol';
import { SavedFilters } from './saved-filters';
import { SavedFiltersDialog } from './saved-filters-dialog';

describe('the dialog of the saved filters', () => {
  const all = signal<SavedFilter[]>([]);
  let asked: string[];
  let answer: () => void;
  let undo: () => void | Promise<void>;
  let page: ComponentFixture<SavedFiltersDialog>;

  beforeEach(async () => {
    all.set(['a', 'b', 'c'].map((name) => ({ name, url: '/' })));
    asked = [];
    const remove = (name: string): Promise<void> => {
      asked.push(name);
      return new Promise((resolve) => {
        answer = () => {
          all.update((before) => before.filter((one) => one.name !== name));
          resolve();
        };
      });
    };
    const save = (filter: SavedFilter, at: number): Promise<void> => {
      all.update((before) => before.toSpliced(at, 0, filter));
      return Promise.resolve();
    };
    const offer: UndoBar['offer'] = (_, way) => {
      undo = way;
      return Promise.resolve({ dismiss: () => undefined });
    };
    TestBed.configureTestingModule({
      providers: [
        { provide: SavedFilters, useValue: { all, remove, save } },
        { provide: UndoBar, useValue: { offer } },
        { provide: MAT_DIALOG_DATA, useValue: { url: '/' } },
        { provide: MatDialogRef, useValue: { id: 'it', close: () => undefined, _containerInstance: {} } },
      ],
    });
    page = TestBed.createComponent(SavedFiltersDialog);
    document.body.append(page.nativeElement as HTMLElement);
    await page.whenStable();
  });

  const button = (name: string): HTMLButtonElement =>
    (page.nativeElement as HTMLElement).querySelector(`[aria-label="Remove: ${name}"]`)!;

  async function remove(name: string): Promise<void> {
    button(name).focus();
    button(name).click();
    await page.whenStable();
    answer();
    await page.whenStable();
    await page.whenStable();
  }

  it('gives the focus to the next row when one was removed, and to the heading after the last', async () => {
    await remove('b');
    expect(document.activeElement?.ariaLabel ?? document.activeElement?.getAttribute('aria-label')).toBe('Remove: c');
    await remove('c');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Remove: a');
    await remove('a');
    expect(document.activeElement?.tagName).toBe('H2');
  });

  it('puts a filter back in its place when its removal is undone', async () => {
    await remove('b');
    void undo();
    await page.whenStable();
    expect(all().map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('undoes a removal while another is under way', async () => {
    await remove('b');
    button('a').click();
    void undo();
    answer();
    await page.whenStable();
    expect(all().map(({ name }) => name)).toEqual(['b', 'c']);
  });

  it('ignores the second click of a double click, which meets the next row', async () => {
    await remove('a');
    button('b').dispatchEvent(new MouseEvent('click', { detail: 2, bubbles: true }));
    await page.whenStable();
    expect(asked).toEqual(['a']);
  });

  it('does one thing at a time', async () => {
    button('a').click();
    await page.whenStable();
    expect(button('b').getAttribute('aria-disabled')).toBe('true');
    button('b').click();
    expect(asked).toEqual(['a']);
    answer();
    await page.whenStable();
    expect(button('b').getAttribute('aria-disabled')).not.toBe('true');
    button('b').click();
    expect(asked).toEqual(['a', 'b']);
  });
});
