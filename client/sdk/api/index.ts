export {
  type AccountChange,
  type AppChange,
  type AppDraft,
  HeraldApi,
  type HeraldApiOptions,
  type HeraldRequest,
} from './herald-api.ts';
export { HeraldError } from './herald-error.ts';
