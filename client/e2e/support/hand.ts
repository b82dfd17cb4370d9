import { expect, type Locator } from '@playwright/test';

/** Operates the page in one way only. */
export interface Hand {
  press(target: Locator): Promise<void>;
  /** Replaces the content of a field. A time is `hh:mm`, a date with a time `yyyy-mm-ddThh:mm`. */
  fill(field: Locator, value: string): Promise<void>;
}

export class Mouse implements Hand {
  async press(target: Locator): Promise<void> {
    await target.click();
  }

  async fill(field: Locator, value: string): Promise<void> {
    await aim(field).click();
    await expect(field).toBeFocused();
    await field.fill(value);
  }
}

export class Finger implements Hand {
  async press(target: Locator): Promise<void> {
    await target.tap();
  }

  /** The value of a time comes from the phone's own picker, which no test can tap. */
  async fill(field: Locator, value: string): Promise<void> {
    await aim(field).tap();
    await expect(field).toBeFocused();
    await field.fill(value);
  }
}

/** The field with its label, which may lie over an empty field and leads to it. */
function aim(field: Locator): Locator {
  return field.page().locator('mat-form-field, app-search-field').filter({ has: field });
}

/** More than the controls of any page of the walk. */
const MOST_STEPS = 80;
const CHOICES = ['menuitem', 'menuitemradio', 'option'];
const WITH_SEGMENTS = ['time', 'datetime-local'];

/** Moves with Tab, within menus and lists with the arrows, and presses with Enter. */
export class Keyboard implements Hand {
  async press(target: Locator): Promise<void> {
    await this.#reach(target);
    const isMenuItem = (await target.getAttribute('role')) === 'menuitem';
    await target.page().keyboard.press('Enter');
    // A menu that closes gives the focus back, and takes keys until then.
    if (isMenuItem) await expect(target.page().getByRole('menu')).toHaveCount(0);
  }

  async fill(field: Locator, value: string): Promise<void> {
    await this.#reach(field);
    const { keyboard } = field.page();
    const hasSegments = WITH_SEGMENTS.includes((await field.getAttribute('type')) ?? '');
    if (!hasSegments) await keyboard.press('ControlOrMeta+A');
    for (const part of hasSegments ? segmentsOf(value) : [value]) {
      await keyboard.type(part);
      // A year may have more than four digits, so only the person knows its end.
      if (part.length === 4) await keyboard.press('ArrowRight');
    }
  }

  async #reach(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    const isChoice = CHOICES.includes((await target.getAttribute('role')) ?? '');
    for (let step = 0; step < MOST_STEPS; step++) {
      if (await target.evaluate(isReached)) return;
      await target.page().keyboard.press(isChoice ? 'ArrowDown' : 'Tab');
    }
    throw new Error(`The keyboard does not reach ${String(target)}`);
  }
}

function isReached(element: Element): boolean {
  const focused = document.activeElement;
  return focused === element || (element.id !== '' && focused?.getAttribute('aria-activedescendant') === element.id);
}

/** Segments of Chromium's fields in American English, which the tests run in: month, day, year, hour, minute, half of the day. */
function segmentsOf(value: string): string[] {
  const [, year = '', month = '', day = '', hour = '', minute = ''] =
    /^(?:(\d+)-(\d+)-(\d+)T)?(\d+):(\d+)$/.exec(value) ?? [];
  const clock = [String(Number(hour) % 12 || 12).padStart(2, '0'), minute, Number(hour) < 12 ? 'AM' : 'PM'];
  return year === '' ? clock : [month, day, year, ...clock];
}
