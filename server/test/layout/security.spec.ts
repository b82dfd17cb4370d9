import { readFileSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
import { checkEnvironment } from '../../src/config/read-environment.js';
import { BESIDE_VARIABLE, CONSTANTS, DERIVED, WITHOUT_CONSTANT } from './limits.js';

const PAGE = 'docs/security.md';
const COLUMNS = ['limit', 'default', 'variable', 'protects'];

/** Numeric variables of .env.example that are not limits. */
const NO_LIMITS = new Set(['PORT', 'UI_PORT', 'HSTS_SECONDS', 'DRAIN_SECONDS', 'WORKERS']);

const UNITS: Record<string, number> = {
  ...{ KiB: 1024, MiB: 1024 * 1024 },
  ...{ ms: 1, s: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 },
};
const FRACTIONS: Record<string, number> = { 'a quarter': 1 / 4, 'three quarters': 3 / 4 };
/** Milliseconds per unit of a variable, by the last part of its name. */
const UNIT_OF_VARIABLE: Record<string, number> = { SECONDS: 1000 };

/** A number and its unit, or a fraction; "a day" is one day. Names such as IPv6 and the status 429 are not values. */
const VALUE = new RegExp(
  `(?<![\\w.])(?:(?<fraction>${Object.keys(FRACTIONS).join('|')})\\b` +
    '|(?!429\\b)(?<number>\\d+(?:,\\d{3})*(?:\\.\\d+)?)(?: (?<unit>KiB|MiB|ms|s|minute|hour|day)s?\\b)?' +
    '|a (?<one>minute|hour|day)\\b)',
  'g',
);

interface Row {
  /** The name up to the first semicolon. */
  name: string;
  /** In bytes, milliseconds or plain numbers: values of the default, then those of the name. */
  values: number[];
  variable: string | undefined;
}

const lines = readFileSync(PAGE, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|'));
const cells = lines.map((line) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim()),
);
const rows = cells.filter(([first]) => first !== COLUMNS[0] && !/^:?-+:?$/.test(first!)).map(toRow);
const rowsWithVariable = rows.filter(({ variable }) => variable !== undefined);
const rowsWithoutVariable = rows.filter(({ variable }) => variable === undefined);
const environment = checkEnvironment({}) as unknown as Record<string, unknown>;

function toRow([limit, text, variable]: string[]): Row {
  return {
    name: limit!.split(';')[0]!,
    values: [text!, limit!].flatMap(valuesIn),
    variable: /^`(\w+)`$/.exec(variable!)?.[1],
  };
}

function valuesIn(text: string): number[] {
  return Array.from(text.matchAll(VALUE), ({ groups }) => {
    const { fraction, number = '1', unit, one } = groups!;
    return fraction === undefined
      ? Number(number.replaceAll(',', '')) * (UNITS[unit ?? one ?? ''] ?? 1)
      : FRACTIONS[fraction]!;
  });
}

/** Default of a variable as the page gives it, with seconds in milliseconds. */
function defaultOf(variable: string): number {
  return Number(environment[variable]) * (UNIT_OF_VARIABLE[variable.split('_').at(-1)!] ?? 1);
}

describe(PAGE, () => {
  test('has tables of four columns, whose third is a variable or a dash', () => {
    expect(cells.filter((row) => row[0] === COLUMNS[0] && row.join() !== COLUMNS.join())).toEqual([]);
    expect(cells.filter(({ length }) => length !== COLUMNS.length)).toEqual([]);
    expect(cells.filter(([, , variable]) => !/^(variable|:?-+:?|`[A-Z_]+`)$/.test(variable!))).toEqual([]);
  });

  test('has each limit once', () => {
    expect(rows.length).toBeGreaterThan(80);
    expect(rows.map(({ name }) => name).filter((name, index, names) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('has a row for every limit that this test knows, and for no other', () => {
    const others = (known: string[], all: Row[]) => all.map(({ name }) => name).filter((name) => !known.includes(name));
    const mapped = [CONSTANTS, BESIDE_VARIABLE, DERIVED, WITHOUT_CONSTANT].flatMap((limits) => Object.keys(limits));
    expect(others([...Object.keys(CONSTANTS), ...Object.keys(WITHOUT_CONSTANT)], rowsWithoutVariable)).toEqual([]);
    expect(mapped.filter((name) => !rows.some((row) => row.name === name))).toEqual([]);
    expect(rowsWithVariable.filter(({ name }) => name in CONSTANTS)).toEqual([]);
    expect(rowsWithoutVariable.filter(({ name }) => name in BESIDE_VARIABLE || name in DERIVED)).toEqual([]);
  });

  test('has every variable of .env.example that is a limit, and no variable that the server does not read', () => {
    const numbers = Array.from(
      readFileSync('.env.example', 'utf8').matchAll(/^(?:# )?([A-Z_]+)=\d+$/gm),
      ([, name]) => name!,
    );
    const named = new Set(rowsWithVariable.map(({ variable }) => variable!));
    expect(numbers.filter((name) => !NO_LIMITS.has(name) && !named.has(name))).toEqual([]);
    expect([...named].filter((name) => typeof environment[name] !== 'number')).toEqual([]);
  });

  const isOfVariable = ({ name }: Row): boolean => !(name in DERIVED) && !(name in WITHOUT_CONSTANT);
  test.each(rowsWithVariable.filter(isOfVariable))(
    'gives the default of $variable: $name',
    ({ name, variable, values }) => {
      expect(values).toEqual([defaultOf(variable!), ...(BESIDE_VARIABLE[name]?.() ?? [])]);
    },
  );

  test.each(rows.filter(({ name }) => name in DERIVED))(
    'gives the limit that depends on $variable: $name',
    ({ name, values }) => {
      expect(values).toEqual(DERIVED[name]!());
    },
  );

  test('gives the default of HISTORY_MB', () => {
    const [bytes, share] = rows.find(({ name }) => name === 'memory of the history')!.values;
    const heapBytes = getHeapStatistics().heap_size_limit;
    expect(environment['HISTORY_MB']).toBe(Math.floor(Math.min(bytes!, heapBytes * share!) / UNITS['MiB']!));
  });

  test.each(rows.filter(({ name }) => name in CONSTANTS))('gives the constant: $name', ({ name, values }) => {
    expect(values).toEqual(CONSTANTS[name]!());
  });
});
