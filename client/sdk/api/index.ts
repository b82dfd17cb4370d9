export { HeraldApi, type HeraldApiOptions } from './herald-api.ts';
export { HeraldError } from './herald-error.ts';
