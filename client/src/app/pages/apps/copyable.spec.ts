import { LiveRegion } from '#app/a11y/live-region';
import { Clipboard } from '@angular/cdk/clipboard';
import { TestBed } from '@angular/core/testing';
import { Copyable } from './copyable';

describe('Copyable', () => {
  async function shown(isAllowed: boolean) {
    const [copied, announced]: [string[], string[]] = [[], []];
    const copy = (text: string): boolean => {
      if (isAllowed) copied.push(text);
      return isAllowed;
    };
    TestBed.configureTestingModule({
      providers: [
        { provide: Clipboard, useValue: { copy } },
        { provide: LiveRegion, useValue: { announce: (text: string) => announced.push(text) } },
      ],
    });
    const fixture = TestBed.createComponent(Copyable);
    const element = fixture.nativeElement as HTMLElement;
    const show = async (text: string): Promise<void> => {
      fixture.componentRef.setInput('label', 'Key');
      fixture.componentRef.setInput('text', text);
      await fixture.whenStable();
    };
    await show('A3bX9');
    element.querySelector('button')!.click();
    await fixture.whenStable();
    const words = (): string => element.querySelector('button')!.textContent.trim();
    return { announced, copied, element, show, words };
  }

  it('copies its text, and says so until there is another text', async () => {
    const { announced, copied, show, words } = await shown(true);
    expect([copied, words(), announced]).toEqual([['A3bX9'], 'Copied', ['Copied: Key']]);
    await show('B4cY0');
    expect(words()).toBe('Copy');
  });

  it('says that the text must be selected where the browser refuses', async () => {
    const { announced, element, words } = await shown(false);
    const reason = element.querySelector('p')!.textContent;
    expect([words(), reason]).toEqual(['Copy', expect.stringContaining('Select')]);
    expect(announced).toEqual([reason]);
  });
});
