import { InboxStore } from '#app/inbox/inbox-store';
import { MembershipStore } from '#app/membership/membership-store';
import { TestBed } from '@angular/core/testing';
import { HeraldApi, HeraldError } from '@herald/client/api';
import type { Arrival } from '@herald/client/inbox';
import { testItem } from '@herald/client/testing';
import type { App } from '@herald/protocol';
import { jest } from '@jest/globals';
import { Subject } from 'rxjs';
import { FirstMessage } from './first-message';

const APP: App = {
  ...{ id: 7, name: 'backup', owner: 'ada', scope: 'send', createdAt: '2026-11-01T12:00:00.000Z' },
  audience: ['user:ada'],
};
const used = (minute: number): App => ({
  ...APP,
  lastUsedAt: `2026-11-30T08:0${minute}:00.000Z`,
  lastUsedFrom: '192.0.2.7',
});

describe('the wait for the first message', () => {
  const arrivals = new Subject<Arrival>();
  const app = jest.fn<(id: number) => Promise<App>>();

  beforeEach(() => {
    jest.useFakeTimers();
    app.mockReset().mockResolvedValue(APP);
    TestBed.configureTestingModule({
      providers: [
        { provide: HeraldApi, useValue: { app } },
        { provide: InboxStore, useValue: { username: 'ada', arrivals } },
        { provide: MembershipStore, useValue: { roles: () => [], topics: () => [] } },
      ],
    });
  });
  afterEach(() => jest.useRealTimers());

  async function shown(audience: string[]) {
    const fixture = TestBed.createComponent(FirstMessage);
    const element = fixture.nativeElement as HTMLElement;
    const after = async (ms: number): Promise<string> => {
      await jest.advanceTimersByTimeAsync(ms);
      fixture.detectChanges();
      return element.textContent.replace(/\s+/g, ' ').trim();
    };
    const press = (): Promise<string> => {
      element.querySelector('button')!.click();
      return after(0);
    };
    fixture.componentRef.setInput('app', { ...APP, audience });
    await after(0);
    return { after, press };
  }

  it('ends with a message of the app, for which it does not ask the server', async () => {
    const { after, press } = await shown(['user:ada']);
    expect(await press()).toContain('Waiting');
    arrivals.next({ items: [testItem('1', { sender: 'bob' })], isLate: false });
    expect(await after(9000)).toContain('Waiting');
    arrivals.next({ items: [testItem('2', { sender: 'backup', title: 'Done' })], isLate: false });
    expect(await after(0)).toMatch(/It works.*Done/);
    expect(app).not.toHaveBeenCalled();
  });

  it('asks every 2 s for the last use if others receive the message, also while the server does not answer', async () => {
    const { after, press } = await shown(['user:bob']);
    await press();
    app.mockRejectedValueOnce(new Error('offline')).mockResolvedValueOnce(used(1));
    expect(await after(2000)).toContain('Waiting');
    expect(await after(1999)).toContain('Waiting');
    expect(await after(1)).toContain('The key was used from 192.0.2.7.');
    await after(9000);
    expect(app).toHaveBeenCalledTimes(3);
  });

  it('does not tell a use for a second time', async () => {
    app.mockResolvedValue(used(1));
    const { after, press } = await shown(['user:bob']);
    expect(await press()).toContain('The key was used');
    await press();
    expect(await after(9000)).toContain('Waiting');
    app.mockResolvedValue(used(2));
    expect(await after(2000)).toContain('The key was used');
  });

  it.each([401, 403, 404])('ends with the reason when the server refuses with %d', async (status) => {
    const { after, press } = await shown(['user:bob']);
    const answer = { statusCode: status, error: 'Refused', code: 'unknown_app', message: 'No such app' } as const;
    app.mockRejectedValue(new HeraldError(status, answer));
    await press();
    expect(await after(0)).toContain('This app no longer exists.');
    await after(9000);
    expect(app).toHaveBeenCalledTimes(1);
  });

  it.each([[['user:ada']], [['user:bob']]])(
    'ends after 10 minutes for the audience %j, and can begin again',
    async (audience) => {
      const { after, press } = await shown(audience);
      await press();
      expect(await after(599_999)).toContain('Waiting');
      expect(await after(1)).toContain('No sign of the program in 10 minutes.');
      const asked = app.mock.calls.length;
      await after(9000);
      expect(app).toHaveBeenCalledTimes(asked);
      expect(await press()).toContain('Waiting');
    },
  );

  it('does not ask while the tab is hidden', async () => {
    const visibility = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    const { after, press } = await shown(['user:bob']);
    await press();
    expect(await after(9000)).toContain('Waiting');
    expect(app).not.toHaveBeenCalled();
    visibility.mockReturnValue('visible');
    app.mockResolvedValue(used(1));
    expect(await after(2000)).toContain('The key was used');
    visibility.mockRestore();
  });

  it('stops on request', async () => {
    const { after, press } = await shown(['user:bob']);
    await press();
    expect(await press()).toBe('Wait for the first message');
    app.mockResolvedValue(used(1));
    expect(await after(9000)).toBe('Wait for the first message');
  });
});
