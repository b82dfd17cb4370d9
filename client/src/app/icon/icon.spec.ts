import { TestBed } from '@angular/core/testing';
import { Icon } from './icon';

describe('Icon', () => {
  it('draws the icon of its name, which a screen reader skips', async () => {
    const fixture = TestBed.createComponent(Icon);
    const element = fixture.nativeElement as HTMLElement;
    const drawings = new Set<string | null>();
    for (const name of ['bell', 'close']) {
      fixture.componentRef.setInput('name', name);
      await fixture.whenStable();
      drawings.add(element.querySelector('svg path')!.getAttribute('d'));
    }
    expect(drawings.size).toBe(2);
    expect(element.getAttribute('aria-hidden')).toBe('true');
  });
});
