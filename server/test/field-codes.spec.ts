import { FIELD_CODES } from '@herald/protocol';
import { getMetadataStorage } from 'class-validator';
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Rule } from '../src/validation/rule.js';

interface Constraint {
  /** Its class and property. */
  at: string;
  name: string | undefined;
  params: Rule['params'];
}

/** The constraints that requests have to satisfy; those of the environment are not among them. */
async function constraintsOfRequests(): Promise<Constraint[]> {
  const files = globSync('server/src/**/*.{dto,query,param,controller}.ts').map((file) => resolve(file));
  const modules = await Promise.all(files.map((file) => import(file) as Promise<object>));
  const exported = modules.flatMap((module) => Object.values(module) as unknown[]);
  const classes = exported.filter((value): value is new () => object => typeof value === 'function');
  const storage = getMetadataStorage();
  return classes.flatMap((dto) =>
    storage
      .getTargetValidationMetadatas(dto, dto.name, false, false)
      .filter(({ type }) => type === 'customValidation')
      .map(({ propertyName, constraintCls, context }) => ({
        at: `${dto.name}.${propertyName}`,
        name: storage.getTargetValidatorConstraints(constraintCls)[0]?.name,
        params: (context as Pick<Rule, 'params'> | undefined)?.params,
      })),
  );
}

describe('the constraints of requests', () => {
  let constraints: Constraint[];

  beforeAll(async () => {
    constraints = await constraintsOfRequests();
  });

  test('have a code of the protocol as their name', () => {
    expect(new Set(constraints.map(({ at }) => at)).size).toBeGreaterThan(60);
    expect(constraints.filter(({ name }) => name === undefined || !Object.hasOwn(FIELD_CODES, name))).toEqual([]);
  });

  test('have another code for each rule of a field, so that a refusal has the params of the right one', () => {
    const named = constraints.map(({ at, name }) => `${at} ${name!}`);
    expect(named.filter((one, index) => named.indexOf(one) !== index)).toEqual([]);
  });

  test('have the params of their code', () => {
    const given = ({ name, params = {} }: Constraint): string[] =>
      Object.keys(typeof params === 'function' ? params({ '': 'x' }) : params).map((param) => `${name!} ${param}`);
    const codes = Object.entries<readonly string[]>(FIELD_CODES);
    const known = codes.flatMap(([code, params]) => params.map((param) => `${code} ${param}`));
    const used = new Set(constraints.map(({ name }) => name));
    const expected = known.filter((one) => used.has(one.split(' ')[0]));
    expect([...new Set(constraints.flatMap(given))].sort()).toEqual(expected.sort());
  });
});
