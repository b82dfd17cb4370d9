import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { Installation } from './installation';

function offer(): Event & { prompt: jest.Mock } {
  return Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt: jest.fn() });
}

describe('Installation', () => {
  it("is offered once the browser offers it, without the browser's own prompt", () => {
    const installation = TestBed.inject(Installation);
    expect(installation.isOffered()).toBe(false);
    const event = offer();
    window.dispatchEvent(event);
    expect([installation.isOffered(), event.defaultPrevented, event.prompt.mock.calls.length]).toEqual([true, true, 0]);
  });

  it('prompts once for each offer', async () => {
    const installation = TestBed.inject(Installation);
    const event = offer();
    window.dispatchEvent(event);
    await installation.install();
    await installation.install();
    expect([event.prompt.mock.calls.length, installation.isOffered()]).toEqual([1, false]);
  });

  it("is no longer offered once the browser's own menu has installed the app", () => {
    const installation = TestBed.inject(Installation);
    window.dispatchEvent(offer());
    window.dispatchEvent(new Event('appinstalled'));
    expect(installation.isOffered()).toBe(false);
  });
});
