import { parseArgs } from 'node:util';
import { secretText } from '../../functions/adapters/aws/secret-text.ts';
import { cloudFormationStacks } from '../adapters/stacks.ts';
import { commonOf, commonOptions, commonUsage, orUsageInvalid } from '../command-line.ts';
import { requireAws } from '../require-aws.ts';
import { type CommandOutput, NothingThere, runCommand } from '../run-command.ts';
import { outputsOf } from '../stack.ts';
import { type Surroundings, surroundingsOf } from '../surroundings.ts';

export const webhookUsage = `npm run webhook -- [options]

Shows what to give the GitHub App, so that a queued job gets its machine within seconds: the address of the webhook, its
secret, and the event. Whoever has the secret can send forged deliveries, which cost requests to GitHub and no machines.

${commonUsage}`;

export interface WebhookWorld extends CommandOutput {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly surroundings?: Surroundings;
}

interface WebhookForm {
  readonly url: string;
  readonly secret: string;
}

/** Where deliveries go and what signs them. Throws NothingThere when there is no such deployment. */
const webhookForm = async (surroundings: Surroundings): Promise<WebhookForm> => {
  const { aws, config } = surroundings;
  await requireAws(surroundings);
  const stack = await cloudFormationStacks(aws).read(config.stackName);
  const outputs = stack === undefined ? undefined : outputsOf(stack);
  if (outputs === undefined)
    throw new NothingThere(
      `There is no stack ${config.stackName} of Stint’s in ${config.region}. Deploy first: npm run deploy`,
    );
  const { webhookUrl: url, webhookSecretArn } = outputs;
  if (url === undefined || webhookSecretArn === undefined)
    throw new NothingThere(
      `${config.stackName} takes no deliveries: its admission is not "verified", or it was deployed by an older version. Set admission to verified, and npm run deploy`,
    );
  const secret = await secretText(aws, webhookSecretArn);
  if (secret === undefined)
    throw new NothingThere(`The secret ${webhookSecretArn} is empty or gone. Deploy again: npm run deploy`);
  return { url, secret };
};

const formLines = ({ url, secret }: WebhookForm): readonly string[] => [
  'At GitHub, in the settings of the App:',
  '',
  '  General → Webhook → Active',
  `    Webhook URL     ${url}`,
  `    Webhook secret  ${secret}`,
  '    SSL verification enabled',
  '  Permissions & events → Repository permissions → Actions: Read-only',
  '    GitHub shows the event only with it, and asks the owner of the installation to accept it.',
  '  Permissions & events → Subscribe to events → Workflow job',
  '',
  'With a token in place of an App: Settings → Webhooks → Add webhook, of the repository or the organisation, with the',
  'content type application/json and the one event "Workflow jobs".',
  '',
  'Whether deliveries arrive: npm run doctor',
];

const show = async (args: readonly string[], world: WebhookWorld): Promise<number> => {
  const { values } = orUsageInvalid(
    () => parseArgs({ args: [...args], options: commonOptions }),
    commonOptions,
  );
  if (values.help === true) {
    world.print(webhookUsage);
    return 0;
  }
  const surroundings =
    world.surroundings ??
    surroundingsOf(
      orUsageInvalid(() => commonOf(values)),
      world.variables,
    );
  for (const line of formLines(await webhookForm(surroundings))) world.print(line);
  return 0;
};

/** The command `npm run webhook`, to its exit status. */
export const webhookCommand = (args: readonly string[], world: WebhookWorld): Promise<number> =>
  runCommand(webhookUsage, world, () => show(args, world));
