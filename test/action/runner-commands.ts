/**
 * The commands that GitHub's runner would carry out of a step's log. It follows the runner's own
 * ActionCommand.TryParseV2 and TryParse, and ActionCommandManager for stopped commands:
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs
 */
export interface RunnerCommand {
  readonly command: string;
  readonly data: string;
}

const registered = [
  'stop-commands',
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'warning',
];

const unescapeData = (data: string): string =>
  data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');

/** A line is split where .NET's StreamReader.ReadLine splits it. */
export const logLines = (log: string): readonly string[] => log.split(/\r\n|\r|\n/);

const commandAt = (info: string, data: string): RunnerCommand => ({
  command: (info.split(' ')[0] ?? '').toLowerCase(),
  data: unescapeData(data),
});

/** `::command properties::data`, at the start of a line. */
const parseV2 = (line: string): RunnerCommand | undefined => {
  const text = line.trimStart();
  const end = text.indexOf('::', 2);
  return text.startsWith('::') && end >= 0 ? commandAt(text.slice(2, end), text.slice(end + 2)) : undefined;
};

/** `##[command properties]data`, anywhere in a line. */
const parseV1 = (line: string): RunnerCommand | undefined => {
  const start = line.indexOf('##[');
  const end = line.indexOf(']', start);
  return start >= 0 && end >= 0 ? commandAt(line.slice(start + 3, end), line.slice(end + 1)) : undefined;
};

const parseLine = (line: string, known: readonly string[]): RunnerCommand | undefined =>
  [parseV2(line), parseV1(line)].find((parsed) => parsed !== undefined && known.includes(parsed.command));

/** The commands that are carried out, in order, with `resume-commands` for the token that ends a stop. */
export const runnerCommands = (log: string): readonly RunnerCommand[] => {
  const carriedOut: RunnerCommand[] = [];
  let stopToken: string | undefined;
  for (const line of logLines(log)) {
    const parsed = parseLine(line, stopToken === undefined ? registered : [...registered, stopToken]);
    if (parsed === undefined || (stopToken !== undefined && parsed.command !== stopToken)) continue;
    carriedOut.push(stopToken === undefined ? parsed : { command: 'resume-commands', data: '' });
    stopToken = parsed.command === 'stop-commands' ? parsed.data.toLowerCase() : undefined;
  }
  if (stopToken !== undefined) throw new Error('The step ended while commands were stopped.');
  return carriedOut;
};

/** Every line that would be a command if commands were never stopped. */
export const commandsIfNeverStopped = (log: string): readonly string[] =>
  logLines(log).filter((line) => parseLine(line, registered) !== undefined);
