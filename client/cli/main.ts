import { runCommandLine } from './program.ts';
import { surviveClosedPipes } from './standard-output.ts';

surviveClosedPipes();
process.exitCode = await runCommandLine(process.argv.slice(2));
