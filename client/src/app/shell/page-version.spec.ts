import { DOCUMENT } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { SwUpdate } from '@angular/service-worker';
import { jest } from '@jest/globals';
import { Subject } from 'rxjs';
import { PageErrors } from './page-errors';
import { PageVersion } from './page-version';

const MISSING = new TypeError('Failed to fetch dynamically imported module: https://herald.example/chunk-AAAAAAAA.js');

describe('PageVersion', () => {
  const reload = jest.fn();
  const checkForUpdate = jest.fn(() => Promise.resolve(false));
  const fetching = jest.fn<() => Promise<Response>>();
  let versionUpdates: Subject<{ type: string }>;
  let unrecoverable: Subject<unknown>;

  beforeEach(() => {
    jest.useFakeTimers();
    jest.clearAllMocks();
    sessionStorage.clear();
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    globalThis.fetch = fetching;
    [versionUpdates, unrecoverable] = [new Subject(), new Subject()];
  });

  afterEach(() => jest.useRealTimers());

  /** Simulates a reload. */
  function open(): PageVersion {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        { provide: SwUpdate, useValue: { isEnabled: true, versionUpdates, unrecoverable, checkForUpdate } },
        PageErrors,
        { provide: DOCUMENT, useValue: { location: { reload }, querySelectorAll: () => [] } },
      ],
    });
    const version = TestBed.inject(PageVersion);
    TestBed.tick();
    return version;
  }

  async function reject(reason: unknown): Promise<void> {
    TestBed.inject(PageErrors).handleError(reason);
    await jest.advanceTimersByTimeAsync(0);
  }

  it('offers a new version once it is downloaded, and reloads on request', () => {
    const version = open();
    versionUpdates.next({ type: 'VERSION_DETECTED' });
    expect(version.state()).toBeNull();
    versionUpdates.next({ type: 'VERSION_READY' });
    expect([version.state(), reload.mock.calls.length]).toEqual(['newer', 0]);
    version.reload();
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('checks for a new version when the server is back, and periodically', async () => {
    const version = open();
    version.noteConnected();
    expect(checkForUpdate).not.toHaveBeenCalled();
    version.noteConnected();
    expect(checkForUpdate).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(6 * 60 * 60 * 1000);
    expect(checkForUpdate).toHaveBeenCalledTimes(2);
  });

  it('keeps checking after a failed check', async () => {
    open();
    checkForUpdate.mockRejectedValueOnce(new Error('offline'));
    await jest.advanceTimersByTimeAsync(12 * 60 * 60 * 1000);
    expect(checkForUpdate).toHaveBeenCalledTimes(2);
  });

  it('reloads a broken page once, with a notice afterwards', () => {
    open();
    unrecoverable.next({});
    expect(reload).toHaveBeenCalledTimes(1);
    const version = open();
    expect(version.state()).toBe('reloaded');
    unrecoverable.next({});
    expect([version.state(), reload.mock.calls.length]).toEqual(['newer', 1]);
  });

  it('starts where storage is blocked, and leaves the reload to the person', () => {
    const blocked = jest.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
      throw new DOMException('Access is denied', 'SecurityError');
    });
    const version = open();
    unrecoverable.next({});
    expect([version.state(), reload.mock.calls.length]).toEqual(['newer', 0]);
    blocked.mockRestore();
  });

  it('says that a chunk failed to load while the server is unreachable, until it is back', async () => {
    const version = open();
    version.noteConnected();
    fetching.mockRejectedValue(new TypeError('Failed to fetch'));
    await reject(MISSING);
    expect(version.state()).toBe('unreachable');
    version.noteConnected();
    expect(version.state()).toBeNull();
  });

  it('says so too when a service worker answers for the server', async () => {
    const version = open();
    fetching.mockResolvedValue({ ok: false } as Response);
    await reject(MISSING);
    expect(version.state()).toBe('unreachable');
  });

  it('offers the new version when a chunk of the old one is gone', async () => {
    const version = open();
    fetching.mockResolvedValue({ ok: true } as Response);
    await reject(MISSING);
    expect(version.state()).toBe('newer');
  });

  it.each([['error loading dynamically imported module: x'], ['Importing a module script failed.']])(
    'recognizes the messages of other browsers: %s',
    async (words) => {
      const version = open();
      fetching.mockResolvedValue({ ok: true } as Response);
      await reject(new TypeError(words));
      expect(version.state()).toBe('newer');
    },
  );

  it('ignores other errors', async () => {
    const version = open();
    await reject(new TypeError('x is not a function'));
    await reject(undefined);
    expect([version.state(), fetching.mock.calls.length]).toEqual([null, 0]);
    expect(console.error).toHaveBeenCalledTimes(2);
  });
});
