import { simulatedStack } from '../campaign/campaign-stack.ts';
import { type BurstProgress, burst } from './burst.ts';
import { type BurstOptions, OptionsInvalid, readOptions, usage } from './options.ts';

/** What `npm run burst` runs. Progress goes to stderr, so that the last line of stdout is the report. */

const optionsOf = (args: readonly string[]): BurstOptions => {
  try {
    return readOptions(args);
  } catch (error) {
    if (!(error instanceof OptionsInvalid)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
};

const showProgress = ({ simulatedSeconds, ready, decided, of }: BurstProgress): void => {
  if (simulatedSeconds % 60 === 0)
    console.error(`after ${simulatedSeconds} s: ${ready} of ${of} ready, ${decided} decided`);
};

const options = optionsOf(process.argv.slice(2));
const stack = await simulatedStack({
  admission: 'verified',
  liveRunnerCap: options.runners,
  // All of them are asked for by callers.
  queuedShare: 0,
  runnerHoursPerDay: 24_000,
});
const report = await burst(stack, options, showProgress);
console.log(JSON.stringify(report));
process.exitCode = report.failed === 0 && report.lost === 0 ? 0 : 1;
