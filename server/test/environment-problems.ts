import { checkEnvironment, EnvironmentError } from '../src/config/read-environment.js';

/** The faults for which an environment is refused; none if it is accepted. */
export function problemsOf(source: NodeJS.ProcessEnv): string[] {
  try {
    checkEnvironment(source);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentError);
    return (error as EnvironmentError).problems;
  }
}
