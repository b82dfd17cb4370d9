import { TestBed } from '@angular/core/testing';
import { DataTable } from './data-table';

const numbered = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`name-${n}`, n]));

describe('DataTable', () => {
  async function shown(data: Record<string, unknown>) {
    const fixture = TestBed.createComponent(DataTable);
    const element = fixture.nativeElement as HTMLElement;
    const show = async (other: Record<string, unknown>): Promise<void> => {
      fixture.componentRef.setInput('data', other);
      await fixture.whenStable();
    };
    await show(data);
    const rows = (): number => element.querySelectorAll('tr:not(.beyond)').length;
    const button = (): HTMLButtonElement | null => element.querySelector('button');
    const press = async (): Promise<void> => {
      button()!.click();
      await fixture.whenStable();
    };
    return { element, show, rows, button, press };
  }

  it('shows markup as text, and an address as a link', async () => {
    const { element } = await shown({ html: '<img src=x>', log: 'https://example.com/log' });
    expect(element.querySelector('img')).toBeNull();
    expect(element.querySelector('td')!.textContent.trim()).toBe('<img src=x>');
    const link = element.querySelector('a')!;
    expect([link.href, link.rel, link.target]).toEqual(['https://example.com/log', 'noopener noreferrer', '_blank']);
  });

  it.each([1, 8, 9])('shows all of %d rows, without a button', async (count) => {
    const { rows, button } = await shown(numbered(count));
    expect([rows(), button()]).toEqual([count, null]);
  });

  it('shows 8 of 30 rows until asked for all, and for another notification again 8', async () => {
    const { rows, button, press, show } = await shown(numbered(30));
    expect([rows(), button()!.textContent.trim(), button()!.ariaExpanded]).toEqual([8, 'Show all 30', 'false']);
    await press();
    expect([rows(), button()!.textContent.trim(), button()!.ariaExpanded]).toEqual([30, 'Show fewer', 'true']);
    await show(numbered(40));
    expect(rows()).toBe(8);
  });
});
