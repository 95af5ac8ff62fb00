import { campaignStack } from './campaign-stack.ts';
import { exhaustiveCampaign } from './exhaustive-campaign.ts';
import { type CampaignOptions, OptionsInvalid, readOptions, usage } from './options.ts';
import { type Progress, randomCampaign } from './random-campaign.ts';
import { repetitionName } from './repetitions.ts';
import { replay } from './replay.ts';
import { isClean } from './report.ts';
import { tableLines } from './table.ts';

/** What `npm run campaign` runs. Progress goes to stderr, so that the last line of stdout is the report. */

const print = (line: string): void => console.log(line);

const optionsOf = (args: readonly string[]): CampaignOptions => {
  try {
    return readOptions(args);
  } catch (error) {
    if (!(error instanceof OptionsInvalid)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
};

const showProgress = ({ done, of, found }: Progress): void => {
  const end = process.stderr.isTTY ? '\r' : '\n';
  if (process.stderr.isTTY || done % 500 < 10 || done === of)
    process.stderr.write(`${done} of ${of} lives, ${found} findings${end}`);
};

const runRandom = async (options: CampaignOptions): Promise<boolean> => {
  const { report, findings } = await randomCampaign(await campaignStack(), options, showProgress);
  for (const { clause, life, text, replay: number } of findings)
    print(`${clause}  ${life}  ${text}  (--seed ${options.seed} --life ${number})`);
  print(JSON.stringify(report));
  return isClean(report);
};

const runExhaustive = async ({ oneOf }: CampaignOptions): Promise<boolean> => {
  const stack = await campaignStack();
  const { report, table, findings } = await exhaustiveCampaign(stack, oneOf, showProgress);
  for (const line of tableLines(table)) print(line);
  for (const { clause, life, text, repetition } of findings)
    print(`${clause}  ${life}  ${text}  (${repetitionName(repetition)})`);
  print(JSON.stringify(report));
  return isClean(report);
};

const run = async (options: CampaignOptions): Promise<boolean> => {
  if (options.life !== undefined)
    return (await replay(await campaignStack(), options, options.life, print)) === 0;
  return options.isExhaustive ? runExhaustive(options) : runRandom(options);
};

process.exitCode = (await run(optionsOf(process.argv.slice(2)))) ? 0 : 1;
