import type { ParseArgsOptionsConfig } from 'node:util';
import { optionComplaint } from '../infra/closest.ts';

/** The command line is not what the command takes; the message says what is wrong. */
export class UsageInvalid extends Error {
  override readonly name = 'UsageInvalid';
}

/** The options that all commands have, for `parseArgs`. */
export const commonOptions = {
  context: { type: 'string', short: 'c', multiple: true },
  local: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig;

/** What the common options do, for a command's usage text. */
export const commonUsage = `  -c KEY=VALUE        a setting, as it is given to npm run deploy; may be repeated
  --local URL         npm start, for example http://127.0.0.1:8787, instead of AWS and GitHub
  --help              this text`;

export interface CommonOptions {
  /** CDK context from `-c`, over what cdk.json has. */
  readonly context: Readonly<Record<string, string>>;
  /** Where `npm start` listens. */
  readonly local?: URL;
}

const settingOf = (text: string): readonly [string, string] => {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageInvalid(`-c takes KEY=VALUE, not "${text}"`);
  return [text.slice(0, at), text.slice(at + 1)];
};

/** A fake cloud is on this machine: nothing that was meant for it can reach another. */
const localUrl = (text: string): URL => {
  const url = URL.parse(text);
  if (url === null || !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
    throw new UsageInvalid(
      `--local takes a URL on this machine, such as http://127.0.0.1:8787, not "${text}"`,
    );
  return url;
};

/** The common options among those that `parseArgs` has read. Throws {@link UsageInvalid}. */
export const commonOf = (values: {
  readonly context?: readonly string[] | undefined;
  readonly local?: string | undefined;
}): CommonOptions => ({
  context: Object.fromEntries((values.context ?? []).map(settingOf)),
  ...(values.local === undefined ? {} : { local: localUrl(values.local) }),
});

/** Reads options by `parseArgs`, whose complaints become {@link UsageInvalid}. */
export const orUsageInvalid = <T>(read: () => T, options: Readonly<Record<string, unknown>> = {}): T => {
  try {
    return read();
  } catch (error) {
    if (error instanceof UsageInvalid) throw error;
    throw new UsageInvalid(optionComplaint(error, Object.keys(options)));
  }
};
