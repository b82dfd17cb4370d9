import { faceOf } from './face-of';

function channels(hue: number, saturation: number, lightness: number): number[] {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  return [0, 8, 4].map((shift) => {
    const place = (shift + hue / 30) % 12;
    return lightness - reach * Math.max(-1, Math.min(place - 3, 9 - place, 1));
  });
}

/** WCAG 2.2, relative luminance. */
function luminance(color: number[]): number {
  const [red = 0, green = 0, blue = 0] = color.map((one) =>
    one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: number[], other: number[]): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe('faceOf', () => {
  it.each([
    ['ada', 'A'],
    ['ada.lovelace', 'AL'],
    ['grace-brewster_hopper', 'GH'],
    ['émile', 'É'],
    ['_', ''],
  ])('%s has the initials %s', (name, initials) => {
    expect(faceOf(name).initials).toBe(initials);
  });

  it('gives a name the same hue each time, and others most often another', () => {
    const hues = Array.from({ length: 100 }, (_, n) => faceOf(`person-${n}`).hue);
    expect(faceOf('person-7').hue).toBe(hues[7]);
    expect(new Set(hues).size).toBeGreaterThan(70);
  });

  it('has a hue that is readable in both themes, whichever it is', () => {
    const least = Array.from({ length: 360 }, (_, hue) => [
      contrast(channels(hue, 0.6, 0.9), channels(hue, 0.7, 0.25)),
      contrast(channels(hue, 0.4, 0.22), channels(hue, 0.8, 0.85)),
    ]).flat();
    expect(Math.min(...least)).toBeGreaterThanOrEqual(4.5);
  });
});
